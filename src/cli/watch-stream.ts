import type { TargetId } from "../domain/store.ts"
import { type WatchLoopOptions, watchLoop } from "../operations/watch-loop.ts"
import { counted, NO_LOOKS } from "../operations/watch-tally.ts"
import { summaryLine } from "../render/watch-summary.ts"
import { clientName } from "../render/words/client-name.ts"
import { elapsed } from "../system/clock.ts"
import { takeNotices } from "../system/notices.ts"
import { printError } from "../system/print.ts"
import { beforeEnd } from "../system/signals.ts"
import { screenSize } from "../system/terminal.ts"
import { SECOND } from "../system/time.ts"
import type { Context, Stream } from "./command.ts"
import { printNotices } from "./print-notices.ts"
import { targetOf } from "./target-of.ts"
import { liveLines } from "./watch-live.ts"
import { pipedLines } from "./watch-piped.ts"

/** Nobody sees the seconds go where no line is drawn. */
const SLICE_MS = { drawn: SECOND, told: 10 * SECOND }

/** `aim <client> watch` without `--once`: a line a look for programs, a live one for people. */
export function watchStream(
  id: TargetId,
  context: Context,
  options: Omit<WatchLoopOptions, "sliceMs">,
): Stream {
  const screen = context.json ? null : screenSize()
  const sliceMs = screen?.moves ? SLICE_MS.drawn : SLICE_MS.told
  // What is written to the screen beside the live line would be drawn over.
  const isDrawnOver = screen?.moves === true && screenSize("stderr") !== null
  let tally = NO_LOOKS
  async function* steps() {
    const said = new Set<string>()
    const loop = watchLoop(context.homes, (pool) => targetOf(pool, id), { ...options, sliceMs })
    for await (const step of loop) {
      if (tally.looks === 0)
        beforeEnd(() =>
          printError([`${screen?.moves ? CLEAR : ""}${summaryLine(tally, elapsed())}`]),
        )
      tally = counted(tally, step)
      const news = takeNotices().filter(({ message }) => !said.has(message))
      for (const { message } of news) said.add(message)
      if (news.length > 0 && !isDrawnOver) printNotices(news)
      yield { ...step, notices: isDrawnOver ? news : [] }
    }
  }
  const lines =
    screen === null
      ? pipedLines(steps(), context)
      : liveLines(steps(), clientName(id), context, screen)
  return { lines, exit: () => (tally.fine ? 0 : 1) }
}

/** What the terminal itself has written of a ctrl-C. */
const CLEAR = "\r\u001b[2K"
