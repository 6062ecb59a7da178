import type { JsonObject } from "../../domain/login.ts"
import { now } from "../../system/clock.ts"
import { exchange, type HttpReply } from "../../system/http.ts"
import { Secret } from "../../system/secret.ts"
import { parseObject } from "../json-object.ts"
import type { UsageResult } from "../provider.ts"
import { retryAfterMs } from "../retry-after.ts"
import { readingFrom } from "./usage-reading.ts"

/**
 * Reads a label's quota: `GET {chatgptUrl}/wham/usage`, as Codex CLI 0.169.0 polls it, at most
 * `timeoutMs` with its body. A refusal, a fault and an unreadable reply are told apart.
 */
export async function readUsage(
  chatgptUrl: string,
  record: JsonObject,
  timeoutMs: number,
): Promise<UsageResult> {
  const { access, accountId } = record
  if (!(access instanceof Secret) || access.blank)
    return { kind: "unauthorized", detail: "there is no access token" }
  const account = typeof accountId === "string" ? accountId.trim() : ""
  const outcome = await exchange({
    url: `${chatgptUrl}/wham/usage`,
    headers: {
      authorization: `Bearer ${access.reveal()}`,
      ...(account === "" ? {} : { "chatgpt-account-id": account }),
      accept: "application/json",
    },
    timeoutMs,
  })
  switch (outcome.kind) {
    case "reply":
      return judge(outcome, access)
    case "too_large":
      return { kind: "protocol", detail: "the reply is too large" }
    case "timeout":
      return { kind: "transient", detail: "timeout" }
    default:
      return { kind: "transient", detail: outcome.detail }
  }
}

function judge({ status, headers, body }: HttpReply, access: Secret): UsageResult {
  const at = now()
  const detail = `http_${status}`
  if (status === 429)
    return { kind: "rate_limited", retryAfterMs: retryAfterMs(headers["retry-after"], at) }
  if (status === 401 || status === 403) return { kind: "unauthorized", detail }
  if (status === 408 || status === 425 || status >= 500) return { kind: "transient", detail }
  if (status < 200 || status > 299) return { kind: "protocol", detail }
  const parsed = parseObject(body)
  if (parsed === null) return { kind: "protocol", detail: "the reply is no JSON object" }
  const reading = readingFrom(parsed, at)
  if (reading === null) return { kind: "protocol", detail: "the reply holds no usable window" }
  // A reading is shown and stored in the clear; a server that sends our token back gets no place.
  if (JSON.stringify(reading).toLowerCase().includes(access.reveal().toLowerCase()))
    return { kind: "protocol", detail: "the reply holds the access token" }
  return { kind: "reading", reading }
}
