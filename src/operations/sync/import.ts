import { renameAimProfile } from "../../browser/aim-profile.ts"
import type { Document } from "../../domain/document.ts"
import { applyImport, isSamePlan } from "../../domain/import/apply.ts"
import { planImport } from "../../domain/import/foresee.ts"
import {
  conflictsIn,
  type ImportInput,
  type ImportPlan,
  removedIn,
  renamedIn,
} from "../../domain/import/plan.ts"
import type { Captured } from "../../domain/receipt.ts"
import { captureNewest } from "../../pool/capture.ts"
import { commit } from "../../pool/commit.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { recoverReplies } from "../../pool/recover.ts"
import { finishInflight } from "../../pool/refresh.ts"
import { fail } from "../../system/errors.ts"
import { clearInflight, copyInflight } from "../../vault/inflight.ts"
import type { Lease } from "../../vault/vault.ts"

/** A vault that keeps changing under us is left alone after so many fresh reads. */
const ROUNDS = 6

/** What is noted in the very commit of the import, such as what is begun with it. */
export type Alongside = (document: Document, plan: ImportPlan) => Document

/** An import as it was done; with a conflict, the vault has what was captured and no more. */
export type Imported = { plan: ImportPlan; captured: Captured[] }

/**
 * Does what was foreseen, under the leases of all labels that it names: first what a client has
 * rotated is taken in, then the plan is made anew from a fresh read, and only if it is the very same
 * is it applied, with what goes `alongside`; else that one is, in the next round.
 */
export async function importPlanned(
  pool: Pool,
  input: Omit<ImportInput, "document">,
  foreseen: ImportPlan,
  alongside: Alongside = (document) => document,
): Promise<Imported> {
  await recoverReplies(pool)
  const captured: Captured[] = []
  let plan = foreseen
  for (let round = 0; round < ROUNDS; round++) {
    const labels = plan.items.flatMap(({ from, label }) => (from ? [from, label] : [label]))
    const keys = labels.map((label) => keyOf(input.provider, label))
    const next = await pool.vault.withLabels(keys, async (lease) => {
      for (const key of keys) {
        await finishInflight(pool, lease, key)
        const taken = await captureNewest(pool, lease, key)
        if (taken !== null) captured.push(taken)
      }
      return applyIfSame(pool, lease, input, plan, alongside)
    })
    if (isSamePlan(next, plan) || conflictsIn(next).length > 0) return { plan: next, captured }
    plan = next
  }
  return fail(
    "vault_keeps_changing",
    "the labels changed at every attempt; what was captured is kept, nothing else was changed",
    "run the command again",
  )
}

async function applyIfSame(
  pool: Pool,
  lease: Lease,
  input: Omit<ImportInput, "document">,
  plan: ImportPlan,
  alongside: Alongside,
): Promise<ImportPlan> {
  let next = plan
  const apply = (document: Document): Document => {
    next = planImport({ ...input, document })
    const holds = isSamePlan(next, plan) && conflictsIn(next).length === 0
    return holds ? alongside(applyImport(document, next), next) : document
  }
  const renames = renamedIn(plan).map(({ from, label }) => {
    return { from: keyOf(input.provider, from), to: keyOf(input.provider, label) }
  })
  for (const { from, to } of renames) await copyInflight(pool.vault, lease, from, to)
  await commit(pool, apply)
  const isDone = isSamePlan(next, plan) && conflictsIn(next).length === 0
  for (const { from, to } of renames) await clearInflight(pool.vault, lease, isDone ? from : to)
  if (!isDone) return next
  for (const { from, to } of renames) {
    await renameAimProfile(pool.vault.paths.dir, from.label, to.label)
    pool.ledger.moveLabel(input.provider, from.label, to.label)
  }
  for (const label of removedIn(next)) {
    await clearInflight(pool.vault, lease, keyOf(input.provider, label))
    pool.ledger.moveLabel(input.provider, label, null)
  }
  return next
}
