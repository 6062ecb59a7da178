import type { Problem } from "../system/errors.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"

/** A problem as a person reads it: what happened, then, after a blank line, the way out. */
export function problemLines(problem: Problem, frame: Frame): string[] {
  const error = `${paint(frame, "red", "error:")} ${oneParagraph(problem.message)}`
  if (problem.hint === undefined) return [error]
  return [error, "", `${paint(frame, "cyan", "hint:")} ${oneParagraph(problem.hint)}`]
}

/** A problem as a program reads it. */
export function problemDocument(problem: Problem): { ok: false; error: Problem } {
  return { ok: false, error: problem }
}

function oneParagraph(text: string): string {
  return plain(Bun.stripANSI(text).replace(/[\p{Cc}\u2028\u2029]+/gu, " "))
}
