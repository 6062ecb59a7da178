import { cLibraries } from "./c-library.ts"
import { now } from "./clock.ts"
import { bootId } from "./processes.ts"
import { SECOND } from "./time.ts"

/**
 * A moment that processes can compare: milliseconds by a clock that nobody sets and that stands
 * still while the machine sleeps, of the boot (or whatever else it counts from) that `of` names.
 */
export type AwakeMoment = { of: string; ms: number }

const MONOTONIC = 1
/** macOS counts a sleep in its CLOCK_MONOTONIC, and leaves it out here. */
const UPTIME_RAW = 8

/**
 * The moment that it is. Where no C function may be called (systemd's MemoryDenyWriteExecute), the
 * time since boot, which counts sleep on Linux; where that can't be read either, the time of day.
 */
export async function awakeMoment(): Promise<AwakeMoment> {
  const boot = (await bootId()) ?? "boot"
  const counted = await clockGetTime(process.platform === "darwin" ? UPTIME_RAW : MONOTONIC)
  if (counted !== null) return { of: boot, ms: counted }
  const { readProc } = await import("./processes-proc.ts")
  const uptime = Number.parseFloat(readProc("uptime") ?? "")
  if (!Number.isNaN(uptime)) return { of: `${boot} with sleep`, ms: Math.round(uptime * SECOND) }
  return { of: "day", ms: now() }
}

async function clockGetTime(clock: number): Promise<number | null> {
  for (const library of cLibraries()) {
    try {
      const { dlopen } = await import("bun:ffi")
      const args = ["i32", "ptr"] as const
      const { symbols } = dlopen(library, { clock_gettime: { args, returns: "i32" } })
      const time = new BigInt64Array(2)
      if (symbols.clock_gettime(clock, time) !== 0) return null
      const [seconds = 0n, nanoseconds = 0n] = time
      return Number(seconds) * SECOND + Math.floor(Number(nanoseconds) / 1e6)
    } catch {
      // The next name.
    }
  }
  return null
}
