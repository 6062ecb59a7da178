import type { Reading, UsageWindow } from "../../../src/domain/window.ts"
import type { Seeded } from "../seeded.ts"

const MINUTE = 60_000
const FIVE_HOURS = 300
const WEEK = 10_080
const K = 8

/** A label as the provider knows it; minutes since the world began. */
type Account = {
  label: string
  size: number
  fiveUnits: number
  /** Null while the 5h window is closed. */
  fiveResetAt: number | null
  weekUnits: number
  weekResetAt: number
  silentUntil: number
}

/** A pool of accounts whose quota is really spent, minute by minute, and read through noise. */
export type QuotaWorld = {
  labels: readonly { label: string; size: number }[]
  /** Lets a minute pass; takes units from the label, and says how many it could give. */
  minute(at: number, label: string | null, units: number): number
  /** What a reader sees: late, rounded, noisy, or nothing. */
  read(label: string, at: number): Reading | null
}

/** @param epoch milliseconds of minute 0 */
export function quotaWorld(sizes: readonly number[], epoch: number, random: Seeded): QuotaWorld {
  const accounts = sizes.map((size, at): Account => {
    return {
      label: `l${at}`,
      size,
      fiveUnits: 0,
      fiveResetAt: null,
      weekUnits: random.between(0, 0.8) * 100 * size * K,
      weekResetAt: random.whole(1, WEEK),
      silentUntil: 0,
    }
  })
  const past = new Map<string, { at: number; windows: UsageWindow[] }[]>()
  return {
    labels: accounts,
    minute(at, label, units) {
      let given = 0
      for (const account of accounts) {
        passMinute(account, at)
        if (account.label === label) given = spend(account, at, units)
        const kept = past.get(account.label) ?? []
        kept.push({ at, windows: windowsOf(account, at, epoch) })
        past.set(account.label, kept.slice(-8))
        if (random.chance(1 / 2_880)) account.silentUntil = at + 120
      }
      return given
    },
    read(label, at) {
      const account = accounts.find((each) => each.label === label)
      if (account === undefined || account.silentUntil > at || random.chance(0.03)) return null
      const states = past.get(label) ?? []
      const state = states[Math.max(0, states.length - 1 - random.whole(0, 6))]
      if (state === undefined) return null
      const blurred = state.windows.map((window) => ({
        ...window,
        usedPercent: Math.min(100, Math.max(0, Math.round(window.usedPercent + random.noise(0.5)))),
      }))
      return {
        observedAt: epoch + state.at * MINUTE,
        plan: null,
        windows: blurred,
        credits: null,
        allowed: true,
        limitReached: false,
        source: "usage_endpoint",
      }
    },
  }
}

function passMinute(account: Account, at: number): void {
  if (account.fiveResetAt !== null && account.fiveResetAt <= at) {
    account.fiveResetAt = null
    account.fiveUnits = 0
  }
  if (account.weekResetAt <= at) {
    account.weekResetAt += WEEK
    account.weekUnits = 0
  }
}

function spend(account: Account, at: number, units: number): number {
  const window = 100 * account.size
  const left = Math.min(window - account.fiveUnits, window * K - account.weekUnits)
  const given = Math.max(0, Math.min(units, left))
  if (given > 0) account.fiveResetAt ??= at + FIVE_HOURS
  account.fiveUnits += given
  account.weekUnits += given
  return given
}

function windowsOf(account: Account, at: number, epoch: number): UsageWindow[] {
  const window = 100 * account.size
  const time = (minute: number) => epoch + minute * MINUTE
  return [
    {
      kind: "5h",
      usedPercent: (account.fiveUnits / window) * 100,
      resetAt: time(account.fiveResetAt ?? at + FIVE_HOURS),
      lengthMinutes: FIVE_HOURS,
      scope: null,
    },
    {
      kind: "weekly",
      usedPercent: (account.weekUnits / (window * K)) * 100,
      resetAt: time(account.weekResetAt),
      lengthMinutes: WEEK,
      scope: null,
    },
  ]
}
