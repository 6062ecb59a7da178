import type { ArgsDef, ParsedArgs } from "citty"
import { WATCH_DEFAULTS, type WatchOptions } from "../operations/watch/options.ts"
import { wholeNumber } from "./whole-number.ts"

const DAY_SECONDS = 86_400

/** What every `aim <client> watch` takes. */
export const WATCH = {
  once: { type: "boolean", description: "look once, decide, and end" },
  "interval-seconds": {
    type: "string",
    valueHint: "seconds",
    description: "how far apart two looks are (300)",
  },
  "rotate-below-5h-remaining-pct": {
    type: "string",
    valueHint: "percent",
    description: "leave a label with less of its 5h window (20; 0: off)",
  },
  "rotate-below-weekly-remaining-pct": {
    type: "string",
    valueHint: "percent",
    description: "the same for its weekly window (0: off)",
  },
  until: {
    type: "string",
    valueHint: "time",
    description: "end then: 07:30 is the next such time here, or an ISO time",
  },
  "beside-schedule": {
    type: "boolean",
    description: "loop although a scheduler watches the same",
  },
} as const satisfies ArgsDef

/** The arguments of `aim <client> watch`, as they were given. */
export type WatchArgs = Partial<ParsedArgs<typeof WATCH>>

/** What they say of each look; stops with exit 2 at a number that is none. */
export function watchOptions({
  "interval-seconds": interval,
  "rotate-below-5h-remaining-pct": five,
  "rotate-below-weekly-remaining-pct": weekly,
}: WatchArgs): WatchOptions {
  const { fivePct, weeklyPct, intervalSeconds } = WATCH_DEFAULTS
  return {
    fivePct: wholeNumber("rotate-below-5h-remaining-pct", five, 0, 100) ?? fivePct,
    weeklyPct: wholeNumber("rotate-below-weekly-remaining-pct", weekly, 0, 100) ?? weeklyPct,
    intervalSeconds: wholeNumber("interval-seconds", interval, 1, DAY_SECONDS) ?? intervalSeconds,
  }
}
