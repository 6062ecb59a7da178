import type { RawReply, RefreshVerdict } from "../provider.ts"
import { judgeRefresh } from "./judge-refresh.ts"

/**
 * Reads the reply of a code exchange. More than a refresh it must name its account and bring an id
 * token, without which Codex 0.169.0 opens no `auth.json`; a refused code judges no stored login.
 */
export function judgeExchange(reply: RawReply, at: number): RefreshVerdict {
  const verdict = judgeRefresh({}, reply, at)
  if (verdict.kind === "dead")
    return { kind: "protocol", detail: `the issuer refused the code (${verdict.reason})` }
  if (verdict.kind !== "login") return verdict
  const { login } = verdict
  const { workspace } = login.identity
  if (workspace === null) return { kind: "protocol", detail: "the tokens name no account" }
  if (login.fields.idToken === undefined)
    return { kind: "protocol", detail: "`id_token` in the reply is missing or no token" }
  return {
    kind: "login",
    login: { ...login, fields: { ...login.fields, accountId: workspace } },
  }
}
