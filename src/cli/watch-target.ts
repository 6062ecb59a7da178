import type { TargetId } from "../domain/store.ts"
import type { WatchOptions } from "../operations/watch/options.ts"
import { watchAlone } from "../operations/watch-alone.ts"
import { withPool } from "../pool/pool.ts"
import { watchLines } from "../render/watch.ts"
import { watchDocument } from "../render/watch-document.ts"
import { now } from "../system/clock.ts"
import { failUsage } from "../system/errors.ts"
import { leaveNotice } from "../system/notices.ts"
import { ownStart } from "../system/processes.ts"
import type { Context, Output, Stream } from "./command.ts"
import { targetOf } from "./target-of.ts"
import { untilTime } from "./until.ts"
import { type WatchArgs, watchOptions } from "./watch-args.ts"

export const WATCH_DETAILS = [
  "Renews the logins that are due, reads the active label's quota, and moves to another label",
  "only when the policy of `aim why` says that this one won't last until the next look. Without",
  "--once it goes on until ctrl-C, through failures; then its exit code is that of the last look.",
] as const

/** `aim <client> watch`, whatever the client. */
export async function watchTarget(
  id: TargetId,
  context: Context,
  args: WatchArgs,
): Promise<Output | Stream> {
  const options = watchOptions(args)
  const until = untilTime(args.until, now(), id)
  const besideSchedule = args["beside-schedule"] ?? false
  if (args.once === true) {
    if (until !== null || besideSchedule)
      failUsage("conflicting_flags", "`--once` ends by itself", `aim ${id} watch --once`)
    return watchedOnce(id, context, options)
  }
  const { watchStream } = await import("./watch-stream.ts")
  return watchStream(id, context, { ...options, until, besideSchedule })
}

function watchedOnce(id: TargetId, { homes, render, json }: Context, options: WatchOptions) {
  return withPool(homes, async (pool): Promise<Output> => {
    const watched = await watchAlone(pool, targetOf(pool, id), options, await ownStart())
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
