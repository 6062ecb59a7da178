import { MINUTE } from "../../system/time.ts"
import type { Provider } from "../provider.ts"
import { providerUrl } from "../urls.ts"
import { judgeRefresh } from "./judge-refresh.ts"
import { codexLoginFlow } from "./login-flow.ts"
import { postRefresh } from "./refresh.ts"
import { readUsage } from "./usage.ts"

/**
 * OpenAI as the issuer of Codex logins; the wire of Codex CLI 0.169.0. Stops with
 * `provider_url_refused` when `env` names a base URL that no token may go to.
 */
export function codexProvider(env: Readonly<Record<string, string | undefined>>): Provider {
  const authUrl = providerUrl(env, "openaiAuth")
  const chatgptUrl = providerUrl(env, "chatgpt")
  return {
    id: "openai-codex",
    freshForMs: MINUTE,
    askNoSoonerMs: 0,
    waitAfter429Ms: MINUTE,
    postRefresh: (record) => postRefresh(authUrl, record),
    judgeRefresh,
    readUsage: (record, timeoutMs) => readUsage(chatgptUrl, record, timeoutMs),
    login: codexLoginFlow(authUrl),
  }
}
