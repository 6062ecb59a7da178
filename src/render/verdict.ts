import type { Choice } from "../domain/choice-types.ts"
import type { Label } from "../domain/label.ts"
import { reasonText } from "./reason-text.ts"

/** The verdict of a choice in one plain sentence. */
export function verdictText(choice: Choice, current: Label | null): string {
  const { label, reason, kept } = choice
  const why = reasonText(reason, current)
  if (label === null) return `No label can be given to Codex: ${why}.`
  if (reason === "nothing_can_serve")
    return `Codex stays on \`${label}\`, for want of another: ${why}.`
  if (kept) return `Codex should stay on \`${label}\`: ${why}.`
  if (current === null) return `Codex should start on \`${label}\`: ${why}.`
  return `Codex should move from \`${current}\` to \`${label}\`: ${why}.`
}
