import { type Document, labelsOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { type Finding, findingOf } from "../../domain/receipt.ts"
import { storedLogin } from "../../domain/stored-login.ts"

/** Two seats of one ChatGPT workspace are two accounts; the reference program thinks otherwise. */
export function sharedSeats(document: Document, label: Label): Finding[] {
  const workspace = accountIdOf(document, label)
  if (workspace === null) return []
  const others = labelsOf(document, "openai-codex").filter(
    (other) => other !== label && accountIdOf(document, other) === workspace,
  )
  if (others.length === 0) return []
  const labels = [label, ...others]
  const message = `${labels.join(", ")} are seats of one workspace (${workspace}); aim keeps them apart by user, the reference program would refuse such a pool`
  return [findingOf({ code: "account_id_collision", message }, { labels })]
}

function accountIdOf(document: Document, label: Label): string | null {
  return storedLogin(document, { provider: "openai-codex", label })?.accountId ?? null
}
