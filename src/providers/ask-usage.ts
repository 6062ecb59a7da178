import type { Reading } from "../domain/window.ts"
import { now } from "../system/clock.ts"
import { exchange, type HttpReply } from "../system/http.ts"
import type { Secret } from "../system/secret.ts"
import { issuerLead, onOurClock } from "./issuer-clock.ts"
import { parseObject } from "./json-object.ts"
import type { UsageAnswer, UsageResult } from "./provider.ts"
import { retryAfterMs } from "./retry-after.ts"

type Question = {
  url: string
  headers: Record<string, string>
  /** What must not come back in what is read. */
  secret: Secret
  timeoutMs: number
  /** Reads a body at `at`, by the issuer's clock; null when it says nothing. */
  read: (body: Record<string, unknown>, at: number) => Reading | null
  /** A reply that this issuer means otherwise than its status says; null for any other. */
  special?: (reply: HttpReply) => UsageAnswer | null
}

/**
 * Asks a usage endpoint, at most `timeoutMs` with its body. A refusal, a fault and an unreadable
 * reply are told apart. Where the two clocks differ, what the issuer says of times is read by its
 * clock and given by this machine's, so that whatever comes after knows one clock alone.
 */
export async function askUsage(question: Question): Promise<UsageResult> {
  const { url, headers, timeoutMs } = question
  const began = now()
  const outcome = await exchange({
    url,
    headers: { ...headers, accept: "application/json" },
    timeoutMs,
  })
  switch (outcome.kind) {
    case "reply": {
      const lead = issuerLead(outcome.headers, began, now())
      const answer = question.special?.(outcome) ?? judge(outcome, question, lead ?? 0)
      return lead === null ? answer : { ...answer, issuerLeadMs: lead }
    }
    case "too_large":
      return { kind: "protocol", detail: "the reply is too large" }
    case "timeout":
      return { kind: "transient", detail: "timeout" }
    default:
      return { kind: "transient", detail: outcome.detail }
  }
}

function judge(
  { status, headers, body }: HttpReply,
  { secret, read }: Question,
  lead: number,
): UsageAnswer {
  const at = now() + lead
  const detail = `http_${status}`
  if (status === 429)
    return { kind: "rate_limited", retryAfterMs: retryAfterMs(headers["retry-after"], at) }
  if (status === 401 || status === 403) return { kind: "unauthorized", detail }
  if (status === 408 || status === 425 || status >= 500) return { kind: "transient", detail }
  if (status < 200 || status > 299) return { kind: "protocol", detail }
  const parsed = parseObject(body)
  if (parsed === null) return { kind: "protocol", detail: "the reply is no JSON object" }
  const reading = read(parsed, at)
  if (reading === null) return { kind: "protocol", detail: "the reply holds no usable window" }
  // A reading is shown and stored in the clear; a server that sends our token back gets no place.
  if (JSON.stringify(reading).toLowerCase().includes(secret.reveal().toLowerCase()))
    return { kind: "protocol", detail: "the reply holds the access token" }
  return { kind: "reading", reading: onOurClock(reading, lead) }
}
