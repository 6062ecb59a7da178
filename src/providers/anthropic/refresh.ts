import { bundleOf, scopesOf } from "../../domain/claude/bundle.ts"
import type { JsonObject } from "../../domain/login.ts"
import { postOnce } from "../../system/http.ts"
import { Secret } from "../../system/secret.ts"
import type { Posted } from "../provider.ts"
import { CLIENT_ID } from "./client-id.ts"

/**
 * Posts the record's refresh token once to `{authUrl}/v1/oauth/token`, as Claude Code 2.1.329 does,
 * with the scopes that the login has: wider ones could be refused (`invalid_scope`).
 */
export async function postRefresh(authUrl: string, record: JsonObject): Promise<Posted> {
  const { refresh } = record
  if (!(refresh instanceof Secret) || refresh.blank)
    return { kind: "not_sent", detail: "no_refresh_token" }
  const scopes = scopesOf(bundleOf(record)?.claudeAiOauth ?? record)
  const posted = await postOnce({
    url: `${authUrl}/v1/oauth/token`,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      grant_type: "refresh_token",
      refresh_token: refresh.reveal(),
      client_id: CLIENT_ID,
      ...(scopes.length === 0 ? {} : { scope: scopes.join(" ") }),
    }),
  })
  if (posted.kind !== "reply") return posted
  const { status, headers, body } = posted
  return {
    kind: "reply",
    reply: { status, body: new Secret(body), retryAfter: headers["retry-after"] ?? null },
  }
}
