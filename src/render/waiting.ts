import { MINUTE, SECOND } from "../system/time.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { clip } from "./layout/width.ts"

const WHEELS = { unicode: "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", ascii: "|/-\\" }

/** What is waited for, for how long already and for how long at most, in one line; `turn` counts. */
export function busyLine(
  waitsFor: string,
  { elapsedMs, limitSeconds, turn }: { elapsedMs: number; limitSeconds: number; turn: number },
  frame: Frame,
): string {
  const wheel = frame.unicode ? WHEELS.unicode : WHEELS.ascii
  const seconds = Math.floor(elapsedMs / SECOND)
  const times = ` (${seconds} s of at most ${limitSeconds} s)`
  // The times come first: where the line is too short, they are what changes.
  const text = clip(
    `Waiting for ${plain(waitsFor)}`,
    Math.max(1, frame.width - times.length - 3),
    frame,
  )
  return `${wheel[turn % wheel.length]} ${text}${times}`
}

/** What is waited for and how long at most, in one line that stays: the screen can't draw anew. */
export function busyOnce(waitsFor: string, limitSeconds: number): string {
  return `Waiting for ${plain(waitsFor)} (${limitSeconds} s at most)`
}

/** The time that is left, as a clock shows it: `9:58`. */
export function clockText(ms: number): string {
  const left = Math.max(0, Math.ceil(ms / SECOND) * SECOND)
  const seconds = Math.floor((left % MINUTE) / SECOND)
  return `${Math.floor(left / MINUTE)}:${String(seconds).padStart(2, "0")}`
}
