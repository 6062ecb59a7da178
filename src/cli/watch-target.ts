import type { TargetId } from "../domain/store.ts"
import { watchOnce } from "../operations/watch-once.ts"
import { WATCH_DEFAULTS } from "../operations/watch-options.ts"
import { withPool } from "../pool/pool.ts"
import { watchLines } from "../render/watch.ts"
import { watchDocument } from "../render/watch-document.ts"
import { failUsage } from "../system/errors.ts"
import { leaveNotice } from "../system/notices.ts"
import type { Context, Output } from "./command.ts"
import { targetOf } from "./target-of.ts"
import { wholeNumber } from "./whole-number.ts"

const DAY_SECONDS = 86_400

export const WATCH_DETAILS = [
  "Renews the logins that are due, reads the active label's quota, and moves to another label",
  "only when the policy of `aim why` says that this one won't last until the next look.",
] as const

type WatchArgs = {
  once?: boolean | undefined
  "interval-seconds"?: string | undefined
  "rotate-below-5h-remaining-pct"?: string | undefined
  "rotate-below-weekly-remaining-pct"?: string | undefined
}

/** `aim <client> watch`, whatever the client. */
export async function watchTarget(
  id: TargetId,
  { homes, render, json }: Context,
  args: WatchArgs,
): Promise<Output> {
  const number = (flag: Exclude<keyof WatchArgs, "once">, least: number, most: number) =>
    wholeNumber(flag, args[flag], least, most)
  const options = {
    fivePct: number("rotate-below-5h-remaining-pct", 0, 100) ?? WATCH_DEFAULTS.fivePct,
    weeklyPct: number("rotate-below-weekly-remaining-pct", 0, 100) ?? WATCH_DEFAULTS.weeklyPct,
    intervalSeconds: number("interval-seconds", 1, DAY_SECONDS) ?? WATCH_DEFAULTS.intervalSeconds,
  }
  if (args.once !== true) return failUsage("missing_flag", "say `--once`", `aim ${id} watch --once`)
  return withPool(homes, async (pool) => {
    const watched = await watchOnce(pool, targetOf(pool, id), options)
    // A person reads them in the summary; a timer's log has them here, when they are new.
    if (json)
      for (const { kind, detail } of watched.news)
        leaveNotice({ code: kind, message: String(detail ?? kind) })
    return {
      text: watchLines(watched, render),
      json: watchDocument(watched),
      exit: watched.ok ? 0 : 1,
    }
  })
}
