import { randomHex } from "../system/random.ts"
import { parseIso, SECOND } from "../system/time.ts"
import type { ClaudeAccount } from "./claude-account.ts"
import { authorizeClaude, claudeError, isReply } from "./claude-bearer.ts"
import {
  chargeClaudeTurn,
  rollClaudeWindows,
  spentClaudeWindow,
  type WindowName,
} from "./claude-usage.ts"
import { type Reply, reply } from "./reply.ts"
import type { Exchange, World } from "./world.ts"

/** What the fake model says; it names the account, so that a client's output shows who served. */
function claudeAnswerText(account: ClaudeAccount): string {
  return `FAKE-REPLY for ${account.name}`
}

/** `POST /v1/messages`: one short turn as SSE, or 429 when the account is spent. */
export function answerMessages(exchange: Exchange, world: World): Reply {
  const account = authorizeClaude(exchange, world, "user:inference")
  if (isReply(account)) return account
  rollClaudeWindows(account.usage, world.clock())
  const spent = spentClaudeWindow(account.usage)
  if (spent !== null) {
    exchange.entry.outcome = "usage_limit_reached"
    const message = "This request would exceed your account's rate limit. Please try again later."
    return claudeError(
      429,
      "rate_limit_error",
      message,
      limitHeaders(account, spent, world.clock()),
    )
  }
  chargeClaudeTurn(account.usage)
  exchange.entry.outcome = "ok"
  return reply(200, eventStream(account), {
    "content-type": "text/event-stream",
    ...limitHeaders(account, null, world.clock()),
  })
}

const UNIFIED = "anthropic-ratelimit-unified"
const SHORT: readonly (readonly [WindowName, string])[] = [
  ["five_hour", "5h"],
  ["seven_day", "7d"],
]

/** The header family that Claude Code 2.1.329 reads: fractions, epoch seconds. */
function limitHeaders(
  { usage }: ClaudeAccount,
  spent: WindowName | null,
  at: number,
): Record<string, string> {
  const status = (utilization: number) => (utilization >= 100 ? "rejected" : "allowed")
  const seconds = (name: WindowName) => Math.ceil((parseIso(usage[name]?.resets_at) ?? at) / SECOND)
  const claim = spent ?? "five_hour"
  const headers: Record<string, string> = {
    [`${UNIFIED}-status`]: spent === null ? "allowed" : "rejected",
    [`${UNIFIED}-representative-claim`]: claim,
    [`${UNIFIED}-reset`]: String(seconds(claim)),
    [`${UNIFIED}-overage-status`]: "rejected",
    [`${UNIFIED}-overage-disabled-reason`]: "org_level_disabled",
  }
  for (const [name, short] of SHORT) {
    const utilization = usage[name]?.utilization
    if (utilization === null || utilization === undefined) continue
    headers[`${UNIFIED}-${short}-utilization`] = String(utilization / 100)
    headers[`${UNIFIED}-${short}-reset`] = String(seconds(name))
    headers[`${UNIFIED}-${short}-status`] = status(utilization)
  }
  if (spent !== null)
    headers["retry-after"] = String(Math.max(0, seconds(spent) - Math.floor(at / SECOND)))
  return headers
}

function eventStream(account: ClaudeAccount): string {
  const message = {
    id: `msg_${randomHex(12)}`,
    type: "message",
    role: "assistant",
    model: "claude-opus-5-5",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 1 },
  }
  const events = [
    { type: "message_start", message },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    {
      type: "content_block_delta",
      index: 0,
      delta: { type: "text_delta", text: claudeAnswerText(account) },
    },
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: "message_stop" },
  ]
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("")
}
