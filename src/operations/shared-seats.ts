import { codexCredential, type Document, labelsOf } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { type Finding, findingOf } from "../domain/receipt.ts"

/** Two seats of one ChatGPT workspace are two accounts; the reference program thinks otherwise. */
export function sharedSeats(document: Document, label: Label): Finding[] {
  const workspace = codexCredential(document, label)?.accountId
  if (workspace === undefined) return []
  const others = labelsOf(document, "openai-codex").filter(
    (other) => other !== label && codexCredential(document, other)?.accountId === workspace,
  )
  if (others.length === 0) return []
  const labels = [label, ...others]
  const message = `${labels.join(", ")} are seats of one workspace (${workspace}); aim keeps them apart by user, the reference program would refuse such a pool`
  return [findingOf({ code: "account_id_collision", message }, { labels })]
}
