import { asObject, type Document, providerOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { BLOCKED_REASONS, noteBlocked } from "../../domain/maintenance.ts"
import { readinessOf } from "../../domain/readiness-of.ts"
import { findingOf } from "../../domain/receipt.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { recordAct } from "../../pool/record.ts"
import { now } from "../../system/clock.ts"
import type { Problem } from "../../system/errors.ts"

/**
 * A login that failed leaves its receipt. Where it was the wrong person's and the label has no
 * login that serves, the label is blocked by name; one that serves is not taken out for that.
 */
export async function recordFailure(pool: Pool, label: Label, problem: Problem): Promise<void> {
  const reason = BLOCKED_REASONS.find((code) => code === problem.code)
  await commit(pool, (fresh) => {
    if (reason === undefined || !Object.hasOwn(fresh.accounts, label)) return fresh
    const serves = isReady(fresh, label)
    return serves ? fresh : noteBlocked(fresh, label, reason)
  })
  recordAct(pool, { action: "login", status: "blocked", label, blockers: [findingOf(problem)] })
}

function isReady(document: Document, label: Label): boolean {
  const provider = providerOf(asObject(document.accounts[label]) ?? {})
  return provider !== null && readinessOf(document, { provider, label }, now()).status === "ready"
}
