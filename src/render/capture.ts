import type { Adoption } from "../domain/adopt-as.ts"
import type { CaptureResult } from "../operations/capture-login.ts"
import { fields } from "./fields.ts"
import { hintLines, warningLines } from "./findings.ts"
import type { Frame } from "./frame.ts"
import { plain } from "./plain.ts"
import { storeLines } from "./stores.ts"
import { paint } from "./style.ts"

const ADOPTED: Record<Adoption, (label: string) => string> = {
  adopted: (label) => `${label}: the login was adopted`,
  newer: (label) => `${label}: a newer login was taken in`,
  same: (label) => `${label}: this login is stored already`,
  older: (label) => `${label}: the stored login is newer than this one and stays`,
  conflict: (label) => `${label}: this login conflicts with the stored one, which stays`,
}

/** `aim codex capture` for a person. */
export function captureLines(result: CaptureResult, frame: Frame): string[] {
  const { label, adoption, home, identity, quarantined } = result
  const style = adoption === "conflict" ? "red" : undefined
  return [
    paint(frame, style, plain(ADOPTED[adoption](label))),
    ...fields(
      [
        ["from", home],
        ["account", identity],
        ["kept", quarantined === null ? null : `in quarantine, as ${quarantined}`],
      ],
      frame,
      "  ",
    ),
    ...storeLines(result.stores, frame).map((line) => `  ${line}`),
    ...warningLines(result.warnings, frame),
    ...hintLines(captureHint(result), frame),
  ]
}

/** The way on: out of a conflict, or to the first switch. */
export function captureHint({ adoption, quarantined, label }: CaptureResult): string | null {
  if (adoption !== "conflict" || quarantined === null) return null
  return `if this one is right: aim quarantine adopt ${quarantined} ${label}`
}

/** `aim codex capture` for programs; a conflict says what to do about it. */
export function captureDocument(result: CaptureResult): object {
  const hint = captureHint(result)
  if (hint === null) return { ok: true, ...result }
  const message = `this login of \`${result.label}\` conflicts with the stored one, which stays`
  return { ok: false, error: { code: "capture_conflict", message, hint }, ...result }
}
