import type { LoopStep } from "../operations/watch/tick-loop.ts"
import type { Watched } from "../operations/watch-once.ts"
import { type Area, areaText } from "../render/live-area.ts"
import { glanceLine } from "../render/watch-glance.ts"
import { glanceOf, keptLines, moodOf, type Seen } from "../render/watch-kept.ts"
import { now } from "../system/clock.ts"
import type { Problem } from "../system/errors.ts"
import { type ScreenSize, screenSize } from "../system/terminal.ts"
import type { Context } from "./command.ts"
import { noticeLines } from "./print-notices.ts"
import { problemIn } from "./problem-in.ts"

/** A step of the loop, and what has come up beside it that is to stand above the live line. */
type Told = LoopStep<Watched> & { notices: readonly Problem[] }

/**
 * A loop as a person sees it: one line that is drawn anew in its place while it waits, and above it
 * a line for each change. A terminal whose cursor can't be moved gets those lines alone.
 */
export async function* liveLines(
  steps: AsyncIterable<Told>,
  client: string,
  { render, address }: Pick<Context, "render" | "address">,
  first: ScreenSize,
): AsyncGenerator<string> {
  let area: Area | null = null
  let glance = glanceOf({ problem: { code: "waiting", message: "" } }, client)
  let mood: string | null = null
  let looked = false
  for await (const step of steps) {
    const screen = screenSize() ?? first
    const frame = { ...render, width: screen.columns }
    const kept = noticeLines(step.notices, frame)
    if (step.kind !== "waiting") {
      const seen: Seen = step.kind === "ticked" ? step.value : { problem: problemIn(step.error) }
      // Where nothing can be drawn anew, the first look is told as well.
      kept.push(...keptLines(seen, looked || screen.moves ? mood : "", now(), frame))
      glance = glanceOf(seen, glance.who)
      mood = moodOf(seen)
      looked = true
    }
    const lines = kept.map(address)
    if (!screen.moves) {
      if (lines.length > 0) yield lines.join("\n")
      continue
    }
    const wrapped = lines.flatMap((line) =>
      Bun.wrapAnsi(line, screen.columns, { hard: true, trim: false }).split("\n"),
    )
    const live = glanceLine(glance, step.nextInMs, frame)
    const drawn = areaText([...wrapped, live], area, screen.columns, null)
    area = { widths: drawn.area.widths.slice(-1), inLine: false }
    yield drawn.text.slice(0, -1)
  }
}
