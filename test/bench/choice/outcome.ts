import { K } from "./accounts.ts"
import { WEEK } from "./clock.ts"
import type { World } from "./world.ts"

/** What a run came to. */
export type Outcome = {
  /** Percent of the demand. */
  served: number
  /** Minutes a week in which something was wanted and not served; some of it is enough. */
  stalled: number
  /** Those of them in which another label had quota. */
  needless: number
  /** Percent of the quota that expired in a week that lost as much demand. */
  unused: number
  /** Percent of what was served that was spent on reading context again. */
  reread: number
  switches: number
  /** The most switches within one day. */
  busiestDay: number
}

/** Counts a run; what happens before the warm-up is over does not count. */
export function tally({ sizes, minutes, warmUp }: World) {
  const sums = { wanted: 0, served: 0, reread: 0, unused: 0, stalled: 0, needless: 0, switches: 0 }
  const days = new Map<number, number>()
  const lostBy = new Float64Array(minutes + 1)
  let lost = 0

  return {
    wants(minute: number, units: number): void {
      if (minute >= warmUp) sums.wanted += units
    },
    served(minute: number, units: number, reread: number): void {
      if (minute < warmUp) return
      sums.served += units
      sums.reread += reread
    },
    stall(minute: number, units: number, needless: boolean): void {
      lost += units
      if (minute < warmUp) return
      sums.stalled++
      if (needless) sums.needless++
    },
    endOfMinute(minute: number): void {
      lostBy[minute + 1] = lost
    },
    switched(minute: number): void {
      if (minute < warmUp) return
      sums.switches++
      const day = Math.floor(minute / (WEEK / 7))
      days.set(day, (days.get(day) ?? 0) + 1)
    },
    /** A label's week ends at `at` with so many units unused. */
    expired(at: number, units: number): void {
      if (at < warmUp || at > minutes) return
      const missed =
        (lostBy[Math.floor(at)] ?? 0) - (lostBy[Math.max(0, Math.floor(at) - WEEK)] ?? 0)
      sums.unused += Math.min(units, missed)
    },
    outcome(): Outcome {
      const weeks = (minutes - warmUp) / WEEK
      const quota = sizes.reduce((sum, size) => sum + 100 * size * K, 0) * weeks
      return {
        served: (100 * sums.served) / sums.wanted,
        stalled: sums.stalled / weeks,
        needless: sums.needless / weeks,
        unused: (100 * sums.unused) / quota,
        reread: (100 * sums.reread) / sums.served,
        switches: sums.switches / weeks,
        busiestDay: Math.max(0, ...days.values()),
      }
    },
  }
}
