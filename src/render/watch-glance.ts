import type { Frame } from "./layout/frame.ts"
import { percent } from "./layout/percent.ts"
import { plain } from "./layout/plain.ts"
import { paint, type Style } from "./layout/style.ts"
import { clip, widthOf } from "./layout/width.ts"
import { clockText } from "./waiting.ts"

/** What a watch's live line shows of the last tick. */
export type Glance = {
  /** The label that serves, or what else the line is about. */
  who: string
  /** A reason code of the decision, or of what stood in its way. */
  why: string
  style: Style
  /** Percent left; null where it is not known. */
  five: number | null
  week: number | null
}

/**
 * A watch as one line of at most `frame.width` columns: who serves and why, what is left, when the
 * next look comes. Where it is too narrow, what matters least goes first; the time stays longest.
 */
export function glanceLine(glance: Glance, nextInMs: number, frame: Frame): string {
  const { who, why, style, five, week } = glance
  const name: Part = [plain(who), "bold"]
  const reason: Part = [plain(why).replaceAll("_", " "), style]
  const left: Part[] = [[`5h ${percent(five)}`], [`week ${percent(week)}`]]
  const clock = clockText(nextInMs)
  const wordy: Part = [`next look in ${clock}`, "dim"]
  const short: Part = [clock, "dim"]
  const versions: Part[][] = [
    [name, reason, ...left, wordy],
    [name, reason, ...left, short],
    [name, ...left, short],
    [name, ...left.slice(0, 1), short],
    [name, short],
  ]
  const fitting = versions.find((parts) => widthOf(textOf(parts)) <= frame.width)
  if (fitting === undefined) return clip(textOf([name, short]), frame.width, frame)
  return fitting.map(([text, paintedIn]) => paint(frame, paintedIn, text)).join(GAP)
}

type Part = [text: string, style?: Style]
const GAP = "  "

function textOf(parts: readonly Part[]): string {
  return parts.map(([text]) => text).join(GAP)
}
