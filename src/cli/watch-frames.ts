import type { Status } from "../operations/status/document.ts"
import { watchStatus } from "../operations/watch-status.ts"
import type { UsageMode } from "../pool/usage.ts"
import type { Frame } from "../render/layout/frame.ts"
import { problemLines } from "../render/problem.ts"
import { type Drawn, redraw } from "../render/redraw.ts"
import { failUsage } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import { type ScreenSize, screenSize } from "../system/terminal.ts"
import type { Address } from "./address.ts"

type Options = {
  homes: Homes
  address: Address
  render: Frame
  json: boolean
  mode: UsageMode
  seconds: number
  lines: (status: Status, frame: Frame) => string[]
}

/** Picture after picture, each drawn over the last; stops with exit 2 where that can't be. */
export function watchFrames(options: Options): AsyncIterable<string> {
  const screen = screenSize()
  if (screen === null || options.json)
    failUsage(
      "needs_terminal",
      `\`--watch\` draws on a terminal, ${options.json ? "and `--json` is for programs" : "and standard output is none"}`,
      "run `aim status --json` as often as it is needed",
    )
  return drawn(options, screen)
}

async function* drawn(options: Options, first: ScreenSize): AsyncGenerator<string> {
  const { homes, mode, seconds, render } = options
  let before: Drawn | null = null
  for await (const look of watchStatus(homes, mode, seconds * 1000)) {
    const screen = screenSize() ?? first
    const frame = { ...render, width: screen.columns }
    const lines =
      "status" in look ? options.lines(look.status, frame) : problemLines(look.problem, frame)
    const picture = redraw(lines.map(options.address), before, screen, render)
    before = picture.drawn
    yield picture.text
  }
}
