import { MINUTE } from "../../system/time.ts"
import { judgeTokenReply } from "../judge-token-reply.ts"
import type { Provider } from "../provider.ts"
import { providerUrl } from "../urls.ts"
import { loginFrom } from "./token-reply.ts"

/**
 * Anthropic as the issuer of Claude logins; the wire of Claude Code 2.1.329. Its usage endpoint
 * allows about 28 questions an hour. There is no login of aim's own: Claude Code makes it, and aim
 * captures it. Stops with `provider_url_refused` when `env` names a base URL that no token may go to.
 */
export function anthropicProvider(env: Readonly<Record<string, string | undefined>>): Provider {
  const authUrl = providerUrl(env, "anthropicAuth")
  const apiUrl = providerUrl(env, "anthropicApi")
  const webUrl = providerUrl(env, "claudeWeb")
  return {
    id: "anthropic",
    freshForMs: 3 * MINUTE,
    askNoSoonerMs: 3 * MINUTE,
    waitAfter429Ms: 5 * MINUTE,
    postRefresh: async (record) => (await import("./refresh.ts")).postRefresh(authUrl, record),
    judgeRefresh: (record, reply, at) => judgeTokenReply(loginFrom, record, reply, at),
    readUsage: async (record, timeoutMs) =>
      (await import("./usage.ts")).readUsage({ apiUrl, webUrl, env }, record, timeoutMs),
    login: null,
  }
}
