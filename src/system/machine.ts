import { readFileSync, readlinkSync, statSync } from "node:fs"
import { hostname, userInfo } from "node:os"

/** `linux`, `darwin` …, as the system names itself. */
export function platformName(): string {
  return process.platform
}

export function hostName(): string {
  return hostname()
}

/** The name of the user that this process runs as; null where the system knows none. */
export function userName(): string | null {
  try {
    return userInfo().username
  } catch {
    return null
  }
}

/** The id of the user that this process acts as; 0 is root. */
export function userId(): number {
  return process.geteuid?.() ?? 0
}

/**
 * A file or folder by device and inode: the same by whatever path, and another one for each that
 * this kernel knows, in whatever container. Null where it can't be looked at.
 */
export function placeId(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true })
    return `${dev}:${ino}`
  } catch {
    return null
  }
}

/** The id of the user to whom a file or folder belongs; null where it can't be looked at. */
export function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid
  } catch {
    return null
  }
}

/** The id that a Linux machine has for its lifetime; empty where it has none. */
export function machineId(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").trim()
  } catch {
    return ""
  }
}

/** The namespace in which this process's ids mean something (`pid:[4026531836]`); empty without. */
export function pidNamespace(): string {
  return linkText("/proc/self/ns/pid")
}

/** True when `/proc` shows the processes of this very namespace: its own link is our id. */
export function isProcOurs(): boolean {
  return linkText("/proc/self") === String(process.pid)
}

function linkText(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ""
  }
}
