import type { ClientStatus } from "../operations/status-client.ts"
import type { Status } from "../operations/status-document.ts"
import { ago } from "./duration.ts"
import { type Field, fields } from "./fields.ts"
import type { Frame } from "./frame.ts"
import { reasonText } from "./reason-text.ts"

/** Where the truth lies, what Codex works with, and what it should work with. */
export function statusHeader(status: Status, at: number, frame: Frame): string[] {
  const { codexCli } = status
  return fields(
    [
      ["state", status.statePath],
      ...(codexCli === null ? [] : codexFields(codexCli, at)),
      ["next best", nextBest(status)],
    ],
    frame,
  )
}

function codexFields(client: ClientStatus, at: number): Field[] {
  const { activeLabel, inferredLabel, lastAppliedAt, homeDir } = client
  const switched = lastAppliedAt === null ? null : Date.parse(lastAppliedAt)
  const since = switched === null || Number.isNaN(switched) ? "" : `, switched ${ago(switched, at)}`
  const settled = inferredLabel !== null && inferredLabel === activeLabel
  const moved =
    activeLabel !== null && !settled ? ` (the last switch was to \`${activeLabel}\`)` : ""
  return [
    [
      "codex",
      `${heldBy(client)}${settled ? since : moved}`,
      inferredLabel === null ? "yellow" : "bold",
    ],
    ["home", homeDir],
  ]
}

/** What a client's home really holds, by token. */
function heldBy({ inferredLabel, relation, readback }: ClientStatus): string {
  if (inferredLabel !== null) {
    if (relation === "newer") return `${inferredLabel}, with a login that Codex has rotated`
    if (relation === "older") return `${inferredLabel}, with an older login`
    return inferredLabel
  }
  switch (readback.holds) {
    case "absent":
      return "not logged in"
    case "blank":
      return "logged out: the login's tokens were emptied"
    case "login":
      return `a login of no label${readback.email === null ? "" : ` (${readback.email})`}`
    case "unmanaged":
      return "a login that aim does not manage"
    default:
      return "its auth.json can't be read"
  }
}

/** The label that `aim codex use` would choose, and why. */
function nextBest({ nextBestCandidate, decision, codexCli, accounts }: Status): string | null {
  if (accounts.length === 0) return null
  if (decision === null) return "none: every label is disabled (aim account enable <label>)"
  const { reason, label, kept } = decision
  const why = reasonText(reason, codexCli?.inferredLabel ?? null)
  if (nextBestCandidate === null) return `none: ${why} (aim why)`
  return kept ? `${label} stays: ${why}` : `${label}: ${why}`
}
