import type { Label } from "../domain/label.ts"
import type { Deferral } from "./defer.ts"
import type { Healed } from "./heal.ts"

/** What became of one label's refresh. Only `dead` makes a label `reauth`. */
export type RefreshOutcome =
  /** `stores` have the new pair already: they got it under the lock of their client. */
  | { kind: "refreshed"; stores?: Healed[] }
  /** A live store held a newer pair: it was captured and nothing was posted. */
  | { kind: "captured"; store: string }
  /** The authority that the label was imported from had a newer pair, or made one: it was taken. */
  | { kind: "taken"; from: string; stores?: Healed[] }
  | { kind: "not_due" }
  /** A client may be refreshing this pair just now: aim keeps its hands off. */
  | { kind: "deferred"; deferral: Deferral }
  /** Another aim holds the label and does not let go, or a store of it is in doubt (`hint` mends it). */
  | { kind: "busy"; detail: string; hint?: string }
  | { kind: "no_login" }
  /** Another label stores this very login: posting it could cost both. */
  | { kind: "duplicate"; of: Label }
  /** Refused for good; `known` before, so that nothing was posted now. */
  | { kind: "dead"; reason: string; known: boolean }
  | { kind: "quarantined"; reason: string; id: string }
  /** The reply came for a pair that is no longer stored, and brought nothing worth keeping. */
  | { kind: "superseded" }
  | { kind: "transient"; detail: string }
  | { kind: "rate_limited"; retryAfterMs: number | null }
  | { kind: "unauthorized"; detail: string }
  | { kind: "protocol"; detail: string }

/** True when the label's stored pair is as fresh as it can be now. */
export function isGood(outcome: RefreshOutcome): boolean {
  return isNews(outcome) || outcome.kind === "not_due"
}

/** True when a new pair is stored that the label's stores may not have yet. */
export function isNews({ kind }: RefreshOutcome): boolean {
  return kind === "refreshed" || kind === "captured" || kind === "taken"
}

/** The stores that a refresh brought its new pair to by itself. */
export function reachedBy(outcome: RefreshOutcome): readonly Healed[] {
  const has = outcome.kind === "refreshed" || outcome.kind === "taken"
  return has ? (outcome.stores ?? []) : []
}
