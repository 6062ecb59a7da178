import type { Seeded } from "../../domain/seeded.ts"
import { type Account, usedAt } from "./accounts.ts"
import { HOUR } from "./clock.ts"

/** A good reading: minutes, and percent as a provider rounds them. */
export type Seen = {
  at: number
  five: number
  fiveResetAt: number
  week: number
  weekResetAt: number
}

const OLDEST_MINUTES = 6
const NOISE_POINTS = 0.5
const LOST = 0.03
const ALL_SILENT = { chance: 0.001, minutes: 30 }
const ONE_SILENT = { chance: 0.0005, minutes: 2 * HOUR }

/**
 * A reader of all accounts: late, rounded, noisy, and now and then without an answer. It draws the
 * same numbers whatever the accounts hold, so that every policy meets the same luck.
 */
export function reader(accounts: readonly Account[], random: Seeded) {
  const silentUntil = accounts.map(() => 0)
  let allSilentUntil = 0
  const blurred = (percent: number) =>
    Math.min(100, Math.max(0, Math.round(percent + random.noise(NOISE_POINTS))))

  return (tick: number): (Seen | null)[] => {
    if (random.chance(ALL_SILENT.chance)) allSilentUntil = tick + ALL_SILENT.minutes
    return accounts.map((account, index) => {
      if (random.chance(ONE_SILENT.chance)) silentUntil[index] = tick + ONE_SILENT.minutes
      const lost = random.chance(LOST)
      const at = Math.max(0, tick - random.whole(0, OLDEST_MINUTES))
      const used = usedAt(account, at)
      const seen = { ...used, at, five: blurred(used.five), week: blurred(used.week) }
      return lost || Math.max(allSilentUntil, silentUntil[index] ?? 0) > tick ? null : seen
    })
  }
}
