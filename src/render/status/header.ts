import type { ClientStatus } from "../../operations/status/client.ts"
import type { Status } from "../../operations/status/document.ts"
import { ago } from "../layout/duration.ts"
import { type Field, fields } from "../layout/fields.ts"
import type { Frame } from "../layout/frame.ts"
import { reasonText } from "../words/reason.ts"
import { watchFields } from "./watches.ts"

/** Where the truth lies, what the clients work with, and what Codex should work with. */
export function statusHeader(status: Status, at: number, frame: Frame): string[] {
  const { codexCli } = status
  return fields(
    [
      ["state", status.statePath],
      ...(codexCli === null ? [] : codexFields(codexCli, at)),
      ...claudeFields(status, at),
      ...piFields(status, at),
      ...watchFields(status, at),
      ["next best", nextBest(status)],
    ],
    frame,
  )
}

function codexFields(client: ClientStatus, at: number): Field[] {
  const { holds, email } = client.readback
  const held = { ...client, client: "Codex", file: "auth.json", holds, email }
  return [servingField("codex", held, at), ["home", client.homeDir]]
}

/** Nothing for whoever has neither a Claude label nor a Claude Code. */
function claudeFields({ claudeCli, accounts }: Status, at: number): Field[] {
  if (claudeCli === null) return []
  const { holds, summary } = claudeCli.readback
  const isOurs =
    claudeCli.activeLabel !== null || accounts.some(({ provider }) => provider === "anthropic")
  if (!isOurs && holds === "absent") return []
  const email = summary?.emailAddress ?? null
  const held = { ...claudeCli, client: "Claude Code", file: "login", holds, email }
  return [servingField("claude", held, at)]
}

/** Nothing for whoever has no Pi, or one without a ChatGPT login that was never switched. */
function piFields({ piCli }: Status, at: number): Field[] {
  if (piCli === null) return []
  const { holds, email } = piCli.readback
  if (piCli.activeLabel === null && (holds === "absent" || holds === "blank")) return []
  return [servingField("pi", { ...piCli, client: "Pi", file: "auth.json", holds, email }, at)]
}

/** A client's home as the header tells of it. */
type Serving = Pick<
  ClientStatus,
  "activeLabel" | "inferredLabel" | "relation" | "lastAppliedAt"
> & {
  client: string
  file: string
  holds: string
  email: string | null
}

function servingField(name: string, held: Serving, at: number): Field {
  const { activeLabel, inferredLabel, lastAppliedAt } = held
  const switched = lastAppliedAt === null ? null : Date.parse(lastAppliedAt)
  const since = switched === null || Number.isNaN(switched) ? "" : `, switched ${ago(switched, at)}`
  const settled = inferredLabel !== null && inferredLabel === activeLabel
  const moved =
    activeLabel !== null && !settled ? ` (the last switch was to \`${activeLabel}\`)` : ""
  const style = inferredLabel === null ? "yellow" : "bold"
  return [name, `${heldBy(held)}${settled ? since : moved}`, style]
}

/** What a client's home really holds, by token. */
function heldBy({ inferredLabel, relation, client, file, holds, email }: Serving): string {
  if (inferredLabel !== null) {
    if (relation === "newer") return `${inferredLabel}, with a login that ${client} has rotated`
    if (relation === "older") return `${inferredLabel}, with an older login`
    if (relation === "conflict")
      return `${inferredLabel}, with a login in conflict with the stored one`
    return inferredLabel
  }
  switch (holds) {
    case "absent":
      return "not logged in"
    case "blank":
      return "logged out: the login's tokens were emptied"
    case "login":
      return `a login of no label${email === null ? "" : ` (${email})`}`
    case "unmanaged":
      return "a login that aim does not manage"
    default:
      return `its ${file} can't be read`
  }
}

/** The label that `aim codex use` would choose, and why. */
function nextBest({ nextBestCandidate, decision, codexCli, accounts }: Status): string | null {
  if (!accounts.some(({ provider }) => provider === "openai-codex")) return null
  if (decision === null) return "none: every label is disabled (aim account enable <label>)"
  const { reason, label, kept } = decision
  const why = reasonText(reason, codexCli?.inferredLabel ?? null)
  if (nextBestCandidate === null) return `none: ${why} (aim why)`
  return kept ? `${label} stays: ${why}` : `${label}: ${why}`
}
