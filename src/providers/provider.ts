import type { JsonObject, Login } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Reading } from "../domain/window.ts"
import type { Secret } from "../system/secret.ts"
import type { LoginFlow } from "./login-flow.ts"

/** A token endpoint's answer as it came, before anything parsed it. */
export type RawReply = { status: number; body: Secret; retryAfter: string | null }

/** What became of a token POST on the wire. `not_sent`: the pair is certainly not spent. */
export type Posted =
  | { kind: "reply"; reply: RawReply }
  | { kind: "not_sent"; detail: string }
  | { kind: "no_reply"; detail: string }

/** What a raw reply means. Only `dead` is the issuer's permanent answer about the posted pair. */
export type RefreshVerdict =
  | { kind: "login"; login: Login }
  | { kind: "transient"; detail: string }
  | { kind: "rate_limited"; retryAfterMs: number | null }
  | { kind: "unauthorized"; detail: string }
  | { kind: "dead"; reason: string }
  | { kind: "protocol"; detail: string }

/** What an issuer answered about a label's quota; its times are by this machine's clock. */
export type UsageAnswer =
  | { kind: "reading"; reading: Reading }
  | { kind: "transient"; detail: string }
  | { kind: "rate_limited"; retryAfterMs: number | null }
  | { kind: "unauthorized"; detail: string }
  /** This login may not ask for its quota: nothing is known of it, and nothing will be. */
  | { kind: "unmetered"; detail: string }
  | { kind: "protocol"; detail: string }

/**
 * `issuerLeadMs`: how far the issuer's clock is ahead of this machine's, 0 where they agree within
 * five minutes; missing where no reply told its time.
 */
export type UsageResult = UsageAnswer & { issuerLeadMs?: number }

/**
 * One issuer over the wire. `record` is a credential record of the vault (tokens sealed). The
 * token POST is split in two, so that the raw reply is on disk before anything reads it. What goes
 * over the wire is loaded when something does: most commands ask nobody.
 */
export type Provider = {
  id: ProviderId
  /** How long one usage reading stays fresh, ms (design §5). */
  freshForMs: number
  /** The endpoint is asked no sooner after it answered than this, ms, even by `--live`; 0: at will. */
  askNoSoonerMs: number
  /** How long to wait after a 429 that does not say it, ms. */
  waitAfter429Ms: number
  /** Posts the record's refresh token once: no retry, no redirect, 60 s, never cut short. */
  postRefresh(record: JsonObject): Promise<Posted>
  /** Reads a refresh reply; `at` is when the reply came, epoch ms. */
  judgeRefresh(record: JsonObject, reply: RawReply, at: number): RefreshVerdict
  /** Reads live quota; at most `timeoutMs` for the whole exchange, body included. */
  readUsage(record: JsonObject, timeoutMs: number): Promise<UsageResult>
  /** A full login by a person; null where the client alone can make one (Claude Code). */
  login: (() => Promise<LoginFlow>) | null
}
