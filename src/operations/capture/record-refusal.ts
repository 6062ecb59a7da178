import { asObject, type Document, providerOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { noteAttempt, noteBlocked } from "../../domain/maintenance.ts"
import { readinessOf } from "../../domain/readiness-of.ts"
import { findingOf } from "../../domain/receipt.ts"
import type { TargetId } from "../../domain/store.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { recordAct } from "../../pool/record.ts"
import { now } from "../../system/clock.ts"
import { AimError } from "../../system/errors.ts"

/**
 * Does `work`, which takes a native Claude login in as a label. Where it is refused, the attempt is
 * noted on the label, and leaves a receipt. Another person's login blocks a label that has none
 * that serves; one that is another label's blocks nothing (aimgr 4404b27 §2.3).
 */
export async function recordRefusal<T>(
  pool: Pool,
  label: Label,
  { action, target }: { action: string; target: TargetId },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AimError) || error.exit !== 1) throw error
    const { problem } = error
    await commit(pool, (fresh) => refused(fresh, label, problem.code))
    recordAct(pool, { action, status: "blocked", label, blockers: [findingOf(problem)] }, target)
    throw error
  }
}

function refused(document: Document, label: Label, code: string): Document {
  const account = asObject(document.accounts[label])
  if (account === null || providerOf(account) !== "anthropic") return document
  const at = now()
  const noted = noteAttempt(document, label, at)
  const serves = readinessOf(document, { provider: "anthropic", label }, at).status === "ready"
  return code === "identity_mismatch" && !serves
    ? noteBlocked(noted, label, "identity_mismatch")
    : noted
}
