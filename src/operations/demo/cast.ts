import type { AccountOptions, UsageChange } from "../../simulator/account.ts"
import { DAY, HOUR, SECOND } from "../../system/time.ts"

/** One account of the demo, and where its owner logged in with Codex. */
export type Part = {
  account: AccountOptions
  /** The folder of its login, below the sandbox. */
  home: string
  /** What sets it apart, for the list of the players. */
  about: string
}

const FIVE_HOURS = (5 * HOUR) / SECOND
const WEEK = (7 * DAY) / SECOND

/** The six accounts at `now` (epoch ms). The times keep the story true on any day. */
export function castAt(now: number): readonly Part[] {
  const window = (length: number) => (used: number, resetsIn: number) => ({
    used_percent: used,
    limit_window_seconds: length,
    reset_at: Math.round((now + resetsIn) / SECOND),
  })
  const fiveHours = window(FIVE_HOURS)
  const week = window(WEEK)
  const part = (name: string, about: string, usage: UsageChange, home = `codex-${name}`): Part => ({
    account: { name, ...usage },
    home,
    about,
  })
  return [
    part(
      "boss",
      "Codex works with it now; its 5h window is nearly spent",
      { primary: fiveHours(94, 2.5 * HOUR), secondary: week(38, 4 * DAY) },
      ".codex",
    ),
    part("lessons", "has quota left that expires in nine hours", {
      primary: fiveHours(4, 4.5 * HOUR),
      secondary: week(70, 9 * HOUR),
    }),
    part("qa", "healthy", {
      primary: fiveHours(8, 4 * HOUR),
      secondary: week(25, 5 * DAY),
    }),
    // A little more to use up than qa, but too little to leave qa for it.
    part("studio", "healthy, on a plan of five times the size", {
      plan_type: "prolite",
      primary: fiveHours(30, 2 * HOUR),
      secondary: week(40, 3.8 * DAY),
    }),
    part("guest", "logged in like the others, but not for long", {
      primary: fiveHours(0, 5 * HOUR),
      secondary: week(10, 3 * DAY),
    }),
    part("spare", "its week is spent, and its owner takes it out", {
      primary: fiveHours(0, 5 * HOUR),
      secondary: week(100, 2 * DAY),
    }),
  ]
}
