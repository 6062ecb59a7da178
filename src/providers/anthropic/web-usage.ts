import { exchange } from "../../system/http.ts"
import { Secret } from "../../system/secret.ts"
import { askUsage } from "../ask-usage.ts"
import { isObject } from "../json-object.ts"
import type { UsageResult } from "../provider.ts"
import { readingFrom } from "./usage-reading.ts"

type Env = Readonly<Record<string, string | undefined>>

/**
 * The cookie of a claude.ai session that the operator has put into the environment, by the names of
 * aimgr 4404b27: a session key, or a whole cookie that holds one. Null without any.
 */
export function webSession(env: Env): Secret | null {
  const given = [env.CLAUDE_AI_SESSION_KEY, env.CLAUDE_WEB_SESSION_KEY, env.CLAUDE_WEB_COOKIE]
  const [key] = given.flatMap((text) => /sk-ant-[\w-]+/.exec(text ?? "")?.[0] ?? [])
  return key === undefined ? null : new Secret(`sessionKey=${key}`)
}

/**
 * The quota of one organisation by a claude.ai session; null when the session is not of that
 * organisation, so that no label ever gets another's numbers.
 */
export async function readWebUsage(
  webUrl: string,
  session: Secret,
  organisation: string,
  plan: string | null,
  timeoutMs: number,
): Promise<UsageResult | null> {
  const headers = { cookie: session.reveal() }
  const outcome = await exchange({ url: `${webUrl}/api/organizations`, headers, timeoutMs })
  if (outcome.kind !== "reply" || outcome.status !== 200) return null
  if (!organisationsIn(outcome.body).includes(organisation)) return null
  return askUsage({
    url: `${webUrl}/api/organizations/${encodeURIComponent(organisation)}/usage`,
    headers,
    secret: session,
    timeoutMs,
    read: (body, at) => readingFrom(body, at, plan),
  })
}

function organisationsIn(body: string): string[] {
  try {
    const list: unknown = JSON.parse(body)
    if (!Array.isArray(list)) return []
    return list.flatMap((each) =>
      isObject(each) && typeof each.uuid === "string" ? [each.uuid] : [],
    )
  } catch {
    return []
  }
}
