import type { Finding } from "../domain/receipt.ts"
import { marked } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { findingHint, findingText } from "./words/finding.ts"

/** Findings that deserve a word, each followed by its way out. */
export function warningLines(findings: readonly Finding[], frame: Frame): string[] {
  return findings.flatMap((finding) => [
    marked(frame, "yellow", "warning:", findingText(finding)),
    ...hintLines(findingHint(finding), frame),
  ])
}

/** Findings that stopped something, each followed by its way out. */
export function blockerLines(findings: readonly Finding[], frame: Frame): string[] {
  return findings.flatMap((finding) => [
    marked(frame, "red", "blocked:", findingText(finding)),
    ...hintLines(findingHint(finding), frame),
  ])
}

/** The way out, on a line of its own so that it can be copied as it stands. */
export function hintLines(hint: string | null, frame: Frame): string[] {
  return hint === null ? [] : [`  ${marked(frame, "cyan", "hint:", hint)}`]
}
