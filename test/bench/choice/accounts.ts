import { FIVE_HOURS, WEEK } from "./clock.ts"

/** How many 5h windows a week holds. */
export const K = 8

/** Where an account's windows stand, in units and minutes. */
type Windows = { five: number; week: number; fiveResetAt: number | null; weekResetAt: number }

/** One account as the provider knows it: its quota is really spent, minute by minute. */
export type Account = Windows & {
  size: number
  /** How the windows stood before each of the last minutes that changed them. */
  before: (Windows & { at: number })[]
}

const LATEST_READING = 8

export function newAccount(size: number, windows: Windows): Account {
  return { size, ...windows, before: [] }
}

/**
 * What the account can still give in this minute; windows that end by then are renewed first.
 * @param expired is told of a week that ended with something unused
 */
export function leftOf(account: Account, at: number, expired: (account: Account) => void): number {
  if (account.fiveResetAt !== null && account.fiveResetAt <= at) {
    account.fiveResetAt = null
    account.five = 0
  }
  while (account.weekResetAt <= at) {
    expired(account)
    account.week = 0
    account.weekResetAt += WEEK
  }
  const { size, five, week } = account
  return Math.max(0, Math.min(100 * size - five, 100 * size * K - week))
}

/** Takes units, of which there must be enough. The first use opens a 5h window. */
export function spend(account: Account, at: number, units: number): void {
  const { five, week, fiveResetAt, weekResetAt, before } = account
  if (before.at(-1)?.at !== at) {
    before.push({ at, five, week, fiveResetAt, weekResetAt })
    if (before.length > LATEST_READING) before.shift()
  }
  account.fiveResetAt ??= at + FIVE_HOURS
  account.five += units
  account.week += units
}

/** The windows in percent as they stood when a minute of the last eight began. */
export function usedAt(account: Account, at: number) {
  const then = account.before.find((state) => state.at >= at) ?? account
  const { size } = account
  const closed = then.fiveResetAt === null || then.fiveResetAt <= at
  const weeks = then.weekResetAt <= at ? Math.floor((at - then.weekResetAt) / WEEK) + 1 : 0
  return {
    five: closed ? 0 : then.five / size,
    week: weeks > 0 ? 0 : then.week / (size * K),
    fiveResetAt: closed ? at + FIVE_HOURS : (then.fiveResetAt ?? at),
    weekResetAt: then.weekResetAt + weeks * WEEK,
  }
}

/** When an account that gives nothing gives again, as a refusal tells it. */
export function renewedAt({ size, five, week, fiveResetAt, weekResetAt }: Account): number {
  const fiveFull = five >= 100 * size - SPENT && fiveResetAt !== null ? fiveResetAt : 0
  const weekFull = week >= 100 * size * K - SPENT ? weekResetAt : 0
  return Math.max(fiveFull, weekFull)
}

/** Units below which nothing is left but arithmetic. */
export const SPENT = 1e-6
