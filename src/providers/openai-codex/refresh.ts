import type { JsonObject } from "../../domain/login.ts"
import { postOnce } from "../../system/http.ts"
import { Secret } from "../../system/secret.ts"
import { isObject } from "../json-object.ts"
import type { Posted } from "../provider.ts"
import { CLIENT_ID } from "./client-id.ts"

/** Posts the record's refresh token once to `{authUrl}/oauth/token`, as Codex 0.169.0 does. */
export async function postRefresh(authUrl: string, record: JsonObject): Promise<Posted> {
  const { refresh } = record
  if (!(refresh instanceof Secret) || refresh.blank)
    return { kind: "not_sent", detail: "no_refresh_token" }
  const posted = await postOnce({
    url: `${authUrl}/oauth/token`,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      client_id: clientId(record),
      grant_type: "refresh_token",
      refresh_token: refresh.reveal(),
    }),
  })
  if (posted.kind !== "reply") return posted
  const { status, headers, body } = posted
  return {
    kind: "reply",
    reply: { status, body: new Secret(body), retryAfter: headers["retry-after"] ?? null },
  }
}

/**
 * The client that the login was issued to, where its own record says so. The issuer that stands
 * beside it is not followed: the record came out of a client's file, and a file must not choose
 * where a refresh token goes. That is for the operator alone (`AIM_OPENAI_AUTH_URL`).
 */
function clientId(record: JsonObject): string {
  const extra = record.tokensExtra
  const provenance = isObject(extra) ? extra.oauth_provenance : null
  const id = isObject(provenance) ? provenance.client_id : null
  return typeof id === "string" && /^[\w.-]{1,128}$/.test(id) ? id : CLIENT_ID
}
