import type { Adoption } from "../domain/adopt/as.ts"
import type { CaptureResult } from "../operations/capture-login.ts"
import type { NativeCapture } from "../operations/capture-native.ts"
import { hintLines, warningLines } from "./findings.ts"
import { fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"
import { storeLines } from "./stores.ts"

const ADOPTED: Record<Adoption, (label: string) => string> = {
  adopted: (label) => `${label}: the login was adopted`,
  newer: (label) => `${label}: a newer login was taken in`,
  same: (label) => `${label}: this login is stored already`,
  older: (label) => `${label}: the stored login is newer than this one and stays`,
  conflict: (label) => `${label}: this login conflicts with the stored one, which stays`,
}

type Adopted = { label: string; adoption: Adoption; quarantined: string | null }

/** What became of a login that was taken in. */
export function adoptedText({ label, adoption }: Adopted, frame: Frame): string {
  const style = adoption === "conflict" ? "red" : undefined
  return paint(frame, style, plain(ADOPTED[adoption](label)))
}

/** `aim codex capture` for a person. */
export function captureLines(result: CaptureResult, frame: Frame): string[] {
  const { home, identity, quarantined } = result
  return [
    adoptedText(result, frame),
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
    ...hintLines(conflictHint(result), frame),
  ]
}

/** The way out of a conflict; null where there is none. */
export function conflictHint({ adoption, quarantined, label }: Adopted): string | null {
  if (adoption !== "conflict" || quarantined === null) return null
  return `if this one is right: aim quarantine adopt ${quarantined} ${label}`
}

/** `aim codex capture` for programs. */
export function captureDocument(result: CaptureResult): object {
  return conflictDocument(result, "capture")
}

/** `aim claude capture-native` for programs: the reference's block, and what aim says besides. */
export function nativeDocument({ account, sourceHome, ...result }: NativeCapture): object {
  const captured = { label: result.label, sourceHome, ...account }
  return conflictDocument({ captured, ...result }, "capture")
}

/** A login that was taken in, for programs; a conflict says what to do about it. */
export function conflictDocument<T extends Adopted>(result: T, how: "capture" | "import"): object {
  const hint = conflictHint(result)
  if (hint === null) return { ok: true, ...result }
  const message = `this login of \`${result.label}\` conflicts with the stored one, which stays`
  return { ok: false, error: { code: `${how}_conflict`, message, hint }, ...result }
}
