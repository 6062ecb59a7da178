import { sha256Base64Url } from "../../system/hash.ts"
import { postOnce } from "../../system/http.ts"
import { randomBase64Url } from "../../system/random.ts"
import { Secret } from "../../system/secret.ts"
import type { Attempt, Grant, LoginFlow } from "../login-flow.ts"
import type { Posted } from "../provider.ts"
import { CLIENT_ID } from "./client-id.ts"
import { pollDevice, startDevice } from "./device-code.ts"
import { judgeExchange } from "./judge-exchange.ts"

/** What Codex CLI 0.169.0 asks for; a login with less would be refused by its connectors. */
const SCOPE = "openid profile email offline_access api.connectors.read api.connectors.invoke"

/**
 * The login of Codex CLI 0.169.0 (login/src/server.rs): PKCE with Codex's public client id, because
 * there is no other for these logins; aim says who it is in `originator`. The second port is the one
 * that Codex takes when the first is busy; the issuer knows no others.
 */
export function codexLoginFlow(authUrl: string): LoginFlow {
  return {
    ports: [1455, 1457],
    callbackPath: "/auth/callback",
    begin: () => ({ state: randomBase64Url(32), verifier: new Secret(randomBase64Url(64)) }),
    authorizeUrl: (attempt, redirectUri) => authorizeUrl(authUrl, attempt, redirectUri),
    exchange: (grant) => exchange(authUrl, grant),
    judge: judgeExchange,
    startDevice: () => startDevice(authUrl),
    pollDevice: (device) => pollDevice(authUrl, device),
  }
}

function authorizeUrl(authUrl: string, { state, verifier }: Attempt, redirectUri: string): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    scope: SCOPE,
    code_challenge: sha256Base64Url(verifier.reveal()),
    code_challenge_method: "S256",
    id_token_add_organizations: "true",
    codex_cli_simplified_flow: "true",
    state,
    originator: "aim",
  })
  return `${authUrl}/oauth/authorize?${query}`
}

async function exchange(authUrl: string, { code, verifier, redirectUri }: Grant): Promise<Posted> {
  const posted = await postOnce({
    url: `${authUrl}/oauth/token`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: String(
      new URLSearchParams({
        grant_type: "authorization_code",
        code: code.reveal(),
        redirect_uri: redirectUri,
        client_id: CLIENT_ID,
        code_verifier: verifier.reveal(),
      }),
    ),
  })
  if (posted.kind !== "reply") return posted
  const { status, headers, body } = posted
  const retryAfter = headers["retry-after"] ?? null
  return { kind: "reply", reply: { status, body: new Secret(body), retryAfter } }
}
