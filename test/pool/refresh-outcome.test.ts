import { expect, test } from "bun:test"
import { isGood, type RefreshOutcome } from "../../src/pool/refresh-outcome.ts"

const deferral = { store: "/h", holders: [], unreadable: true, retryInSeconds: 60 }

const OUTCOMES: [RefreshOutcome, boolean][] = [
  [{ kind: "refreshed" }, true],
  [{ kind: "captured", store: "/h" }, true],
  [{ kind: "not_due" }, true],
  [{ kind: "deferred", deferral }, false],
  [{ kind: "no_login" }, false],
  [{ kind: "duplicate", of: "qa" }, false],
  [{ kind: "dead", reason: "invalid_grant", known: true }, false],
  [{ kind: "quarantined", reason: "wrong_identity", id: "ab12" }, false],
  [{ kind: "superseded" }, false],
  [{ kind: "transient", detail: "http_500" }, false],
  [{ kind: "rate_limited", retryAfterMs: 1000 }, false],
  [{ kind: "unauthorized", detail: "http_401" }, false],
  [{ kind: "protocol", detail: "http_404" }, false],
]

test.each(OUTCOMES.map(([outcome, good]) => [outcome.kind, outcome, good] as const))(
  "the stored pair is as fresh as it can be after `%s`, or is not",
  (_kind, outcome, good) => expect(isGood(outcome)).toBe(good),
)
