import { MINUTE } from "../../system/time.ts"
import type { Provider } from "../provider.ts"
import { providerUrl } from "../urls.ts"
import { judgeRefresh } from "./judge-refresh.ts"

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
    postRefresh: async (record) => (await import("./refresh.ts")).postRefresh(authUrl, record),
    judgeRefresh,
    readUsage: async (record, timeoutMs) =>
      (await import("./usage.ts")).readUsage(chatgptUrl, record, timeoutMs),
    login: async () => (await import("./login-flow.ts")).codexLoginFlow(authUrl),
  }
}
