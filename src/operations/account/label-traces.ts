import { asObject, type Document, targetBlock } from "../../domain/document.ts"
import { importBlock } from "../../domain/import/block.ts"
import type { Label } from "../../domain/label.ts"
import type { ProviderId } from "../../domain/provider-id.ts"

/** The OpenClaw agents that are assigned to a label. */
export function assignmentsOf(document: Document, label: Label): string[] {
  const assignments = asObject(targetBlock(document, "openclaw").assignments) ?? {}
  return Object.entries(assignments).flatMap(([agent, assigned]) =>
    assigned === label ? [agent] : [],
  )
}

/** The authority that a label was imported from, or null for a label of this machine. */
export function importedAt(document: Document, provider: ProviderId, label: Label): string | null {
  const { labels, source } = importBlock(document, provider)
  return labels.includes(label) ? (source ?? "an authority") : null
}
