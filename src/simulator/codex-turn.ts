import { randomHex } from "../system/random.ts"
import { SECOND } from "../system/time.ts"
import type { Account } from "./account.ts"
import { authorize, isReply } from "./bearer.ts"
import { json, type Reply, reply } from "./reply.ts"
import { chargeTurn, rollWindows, spentWindow } from "./usage-window.ts"
import type { Exchange, World } from "./world.ts"

/** What the fake model says; it names the account, so that a client's output shows who served. */
function answerText(account: Account): string {
  return `simulated answer for ${account.name}`
}

/** `POST codex/responses`: one short turn as SSE, or 429 when the account is spent. */
export function answerTurn(exchange: Exchange, world: World): Reply {
  const account = authorize(exchange, world)
  if (isReply(account)) return account
  if (!isJsonObject(exchange.body)) {
    exchange.entry.outcome = "bad_request"
    return json(400, { detail: "simulated: the body of a turn is a JSON object" })
  }
  const at = world.clock()
  rollWindows(account, at)
  const spent = spentWindow(account)
  if (spent !== null) {
    exchange.entry.outcome = "usage_limit_reached"
    const error = {
      type: "usage_limit_reached",
      message: "simulated: the usage limit has been reached",
      plan_type: account.plan_type,
      resets_at: Math.ceil(spent.reset_at),
      resets_in_seconds: Math.max(0, Math.ceil(spent.reset_at - at / SECOND)),
    }
    return json(429, { error }, rateLimitHeaders(account))
  }
  chargeTurn(account)
  exchange.entry.outcome = "ok"
  return reply(200, eventStream(account), {
    "content-type": "text/event-stream",
    ...rateLimitHeaders(account),
  })
}

/** A WebSocket upgrade on `codex/responses`: 426 sends Codex quietly back to SSE. */
export function refuseUpgrade(exchange: Exchange): Reply {
  exchange.entry.outcome = "upgrade_refused"
  return json(426, { detail: "simulated: WebSocket is not served here" })
}

/** The events of one short answer. Codex 0.169.0 needs three of them, Pi 0.73.1 all. */
function eventStream(account: Account): string {
  const id = `resp_${randomHex(12)}`
  const text = answerText(account)
  const part = { type: "output_text", text, annotations: [] }
  const item = { type: "message", role: "assistant", id: `msg_${randomHex(12)}` }
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 15,
  }
  const at = { item_id: item.id, output_index: 0, content_index: 0 }
  const events = [
    { type: "response.created", response: { id } },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    },
    { type: "response.content_part.added", ...at, part: { ...part, text: "" } },
    { type: "response.output_text.delta", ...at, delta: text },
    { type: "response.output_text.done", ...at, text },
    {
      type: "response.output_item.done",
      output_index: 0,
      item: { ...item, status: "completed", content: [part] },
    },
    { type: "response.completed", response: { id, status: "completed", usage } },
  ]
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("")
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** The header family that Codex 0.169.0 reads (codex-rs, codex-api/src/rate_limits.rs). */
function rateLimitHeaders(account: Account): Record<string, string> {
  const headers: Record<string, string> = { "x-codex-plan-type": account.plan_type }
  for (const name of ["primary", "secondary"] as const) {
    const window = account[name]
    if (window === null) continue
    headers[`x-codex-${name}-used-percent`] = String(window.used_percent)
    headers[`x-codex-${name}-window-minutes`] = String(Math.round(window.limit_window_seconds / 60))
    headers[`x-codex-${name}-reset-at`] = String(Math.ceil(window.reset_at))
  }
  if (account.credits !== null) {
    headers["x-codex-credits-has-credits"] = String(account.credits.has_credits)
    headers["x-codex-credits-unlimited"] = String(account.credits.unlimited)
    headers["x-codex-credits-balance"] = String(account.credits.balance ?? "")
  }
  return headers
}
