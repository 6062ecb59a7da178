import type { Adoption } from "../domain/adopt/as.ts"
import type { Finding } from "../domain/receipt.ts"
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

/** What was taken in, and where it went from there. */
type Taken = Adopted & {
  identity: string
  stores: Parameters<typeof storeLines>[0]
  warnings: readonly Finding[]
}

/** A login that was taken in, for a person; `from` is the place that it was read from. */
export function adoptedLines(taken: Taken, from: string, frame: Frame): string[] {
  const { identity, quarantined } = taken
  return [
    adoptedText(taken, frame),
    ...fields(
      [
        ["from", from],
        ["account", identity],
        ["kept", quarantined === null ? null : `in quarantine, as ${quarantined}`],
      ],
      frame,
      "  ",
    ),
    ...storeLines(taken.stores, frame).map((line) => `  ${line}`),
    ...warningLines(taken.warnings, frame),
    ...hintLines(conflictHint(taken), frame),
  ]
}

/** What became of a login that was taken in. */
function adoptedText({ label, adoption }: Adopted, frame: Frame): string {
  const style = adoption === "conflict" ? "red" : undefined
  return paint(frame, style, plain(ADOPTED[adoption](label)))
}

/** The way out of a conflict; null where there is none. */
function conflictHint({ adoption, quarantined, label }: Adopted): string | null {
  if (adoption !== "conflict" || quarantined === null) return null
  return `if this one is right: aim quarantine adopt ${quarantined} ${label}`
}

/** A login that was taken in, for programs; a conflict says what to do about it. */
export function conflictDocument<T extends Adopted>(result: T, how: "capture" | "import"): object {
  const hint = conflictHint(result)
  if (hint === null) return { ok: true, ...result }
  const message = `this login of \`${result.label}\` conflicts with the stored one, which stays`
  return { ok: false, error: { code: `${how}_conflict`, message, hint }, ...result }
}
