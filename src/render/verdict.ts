import type { Choice } from "../domain/choice/types.ts"
import type { Label } from "../domain/label.ts"
import { clientName } from "./words/client-name.ts"
import { reasonText } from "./words/reason.ts"

/** The verdict of a choice for a client (`codex`, `claude`) in one plain sentence. */
export function verdictText(choice: Choice, current: Label | null, target: string): string {
  const client = clientName(target)
  const { label, reason, kept } = choice
  const why = reasonText(reason, current)
  if (label === null) return `No label can be given to ${client}: ${why}.`
  if (reason === "nothing_can_serve")
    return `${client} stays on \`${label}\`, for want of another: ${why}.`
  if (kept) return `${client} should stay on \`${label}\`: ${why}.`
  if (current === null) return `${client} should start on \`${label}\`: ${why}.`
  return `${client} should move from \`${current}\` to \`${label}\`: ${why}.`
}
