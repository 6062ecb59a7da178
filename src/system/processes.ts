import { existsSync } from "node:fs"
import { elapsed, now } from "./clock.ts"
import { realPath } from "./real-path.ts"
import { runChild } from "./spawn.ts"
import { SECOND } from "./time.ts"

/** A process of this user (of anybody, for root) that has a file below a folder open. */
export type OpenHolder = {
  pid: number
  /** The program's name; never its arguments, which may hold secrets. */
  command: string
  /** Epoch milliseconds, for people; null where the system does not say. */
  startedAt: number | null
}

/** `unreadable`: a process could not be looked into, so it may have the folder open as well. */
export type Holders = { holders: OpenHolder[]; unreadable: boolean }

/**
 * The processes of this user that have a file below `dir` open, deleted ones included. Other
 * running aims (and this one) are not among them.
 */
export async function holdersBelow(dir: string): Promise<Holders> {
  const folder = realPath(dir)
  if (existsSync("/proc/self/fd")) {
    const { holdersInProc } = await import("./processes-proc.ts")
    return holdersInProc(folder)
  }
  const { holdersByLsof } = await import("./processes-lsof.ts")
  return holdersByLsof(folder, process.env)
}

/**
 * A name for the time since the last boot; what was recorded under another one is gone with its
 * processes. Null where the system has none.
 */
export async function bootId(): Promise<string | null> {
  const { readProc } = await import("./processes-proc.ts")
  const id = readProc("sys/kernel/random/boot_id")
  if (id !== null) return id.trim()
  const { code, stdout } = await runChild(["sysctl", "-n", "kern.bootsessionuuid"], LIMITED)
  return code === 0 && stdout.trim() !== "" ? stdout.trim() : null
}

/**
 * When a process began, as a number that only tells it from a later one with its id under the same
 * {@link bootId}: milliseconds since boot on Linux (the clock may be set meanwhile), epoch
 * milliseconds on macOS. Null when there is no such process, or only its remains.
 */
export async function processStart(pid: number): Promise<number | null> {
  if (!Number.isInteger(pid) || pid <= 0) return null
  const { readProc, startOf } = await import("./processes-proc.ts")
  if (readProc("uptime") !== null) return startOf(pid)
  const { startsByPs } = await import("./processes-lsof.ts")
  return (await startsByPs([pid], process.env)).get(pid) ?? null
}

/** Linux cuts both times to hundredths of a second, and the clock cuts its own to milliseconds. */
const CUT_MS = 11

/**
 * When this process was started, epoch ms by the clock as it is now. Before its program began to
 * run, which on a busy machine may be a while. Good to some hundredths of a second on Linux, and
 * never too early: what had ended by then did not end after it.
 */
export async function ownStart(): Promise<number> {
  const start = await processStart(process.pid)
  const { readProc } = await import("./processes-proc.ts")
  const uptime = Number.parseFloat(readProc("uptime") ?? "")
  if (start === null) return Math.round(now() - elapsed())
  return Number.isNaN(uptime) ? start : Math.round(now() - (uptime * SECOND - start)) + CUT_MS
}

/** True while the process runs that had this id and this {@link processStart}. */
export async function isAlive(pid: number, start: number): Promise<boolean> {
  return (await processStart(pid)) === start
}

const LIMITED = { timeoutMs: 5_000 }
