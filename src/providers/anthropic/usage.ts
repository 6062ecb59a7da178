import { bundleOf, scopesOf, textIn } from "../../domain/claude/bundle.ts"
import { claudeRecordIdentity } from "../../domain/claude/identity.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { HttpReply } from "../../system/http.ts"
import { Secret } from "../../system/secret.ts"
import { askUsage } from "../ask-usage.ts"
import type { UsageResult } from "../provider.ts"
import { readingFrom } from "./usage-reading.ts"
import { readWebUsage, webSession } from "./web-usage.ts"

type Places = {
  apiUrl: string
  webUrl: string
  env: Readonly<Record<string, string | undefined>>
}

/** A `setup-token` login lacks it, and may then not ask for its quota. */
const METERED_BY = "user:profile"
const UNMETERED = "this login has no scope `user:profile`, so it can't ask for its quota"

/**
 * Reads a label's quota: `GET {apiUrl}/api/oauth/usage`, as Claude Code 2.1.329 does, at most
 * `timeoutMs` with its body. A login that may not ask is `unmetered`, unless the operator has given
 * a claude.ai session of the very organisation by its environment variables.
 */
export async function readUsage(
  { apiUrl, webUrl, env }: Places,
  record: JsonObject,
  timeoutMs: number,
): Promise<UsageResult> {
  const { access } = record
  if (!(access instanceof Secret) || access.blank)
    return { kind: "unauthorized", detail: "there is no access token" }
  const plan = textIn(record, "rateLimitTier") ?? textIn(record, "subscriptionType")
  const scopes = scopesOf(bundleOf(record)?.claudeAiOauth ?? record)
  const unmetered: UsageResult = { kind: "unmetered", detail: UNMETERED }
  const asked =
    scopes.length > 0 && !scopes.includes(METERED_BY)
      ? unmetered
      : await askUsage({
          url: `${apiUrl}/api/oauth/usage`,
          headers: {
            authorization: `Bearer ${access.reveal()}`,
            "anthropic-version": "2023-06-01",
            "anthropic-beta": "oauth-2025-04-20",
          },
          secret: access,
          timeoutMs,
          read: (body, at) => readingFrom(body, at, plan),
          special: (reply) => (lacksScope(reply) ? unmetered : null),
        })
  const session = asked.kind === "unmetered" ? webSession(env) : null
  const organisation = claudeRecordIdentity(record).workspace
  if (session === null || organisation === null) return asked
  return (await readWebUsage(webUrl, session, organisation, plan, timeoutMs)) ?? asked
}

/** The issuer's word for it; the text is looked for, never shown. */
function lacksScope({ status, body }: HttpReply): boolean {
  return status === 403 && body.includes("scope") && body.includes(METERED_BY)
}
