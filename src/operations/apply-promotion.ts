import type { Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { compareLabels } from "../domain/label-order.ts"
import { applyPromotion } from "../domain/promotion/apply.ts"
import type { Promoted, Promotion } from "../domain/promotion/promotion.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { findingOf } from "../domain/receipt.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { captureNewest } from "../pool/capture.ts"
import { commit } from "../pool/commit.ts"
import { type Healed, healLabel } from "../pool/heal.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { finishInflight } from "../pool/refresh.ts"
import { now } from "../system/clock.ts"
import { AimError } from "../system/errors.ts"
import { randomHex } from "../system/random.ts"
import { isoTime } from "../system/time.ts"
import type { Lease } from "../vault/vault.ts"

/** What the authority took over, and the stores of its own clients that have it now. */
export type PromotionResult = { applied: Promoted; stores: Healed[] }

/**
 * The authority's side of a promotion: a compare-and-swap of all its labels or of none, under their
 * leases and the vault's lock. What an interrupted refresh or a client here has brought meanwhile
 * counts first. Then the new pairs go to this machine's own stores, and the ledger keeps what
 * happened, a refusal too. To be repeated without harm.
 */
export async function applyPromotionHere(
  pool: Pool,
  provider: ProviderId,
  promotion: Promotion,
): Promise<PromotionResult> {
  const labels = Object.keys(promotion.labels).sort(compareLabels)
  const keys = labels.map((label) => keyOf(provider, label))
  const action = provider === "anthropic" ? "apply_claude_promotion" : "apply_codex_promotion"
  try {
    const applied = await pool.vault.withLabels(keys, (lease) =>
      swap(pool, lease, keys, promotion, provider),
    )
    // A repeated one, too: what was applied before may not have come to the stores.
    const stores = await healAll(pool, keys)
    recordAct(pool, { action, status: applied.status, labels, stores })
    return { applied, stores }
  } catch (error) {
    if (error instanceof AimError)
      recordAct(pool, { action, status: "blocked", labels, blockers: [findingOf(error.problem)] })
    throw error
  }
}

async function swap(
  pool: Pool,
  lease: Lease,
  keys: readonly LabelKey[],
  promotion: Promotion,
  provider: ProviderId,
): Promise<Promoted> {
  for (const key of keys) {
    if (!isKnown((await pool.vault.read()).document, key.label)) continue
    await finishInflight(pool, lease, key)
    await captureNewest(pool, lease, key)
  }
  const note = { id: randomHex(4), at: now() }
  let status: Promoted["status"] = "noop"
  await commit(pool, (document) => {
    const applied = applyPromotion(document, provider, promotion, note)
    status = applied.status
    return applied.document
  })
  const labels = keys.map(({ label }) => label)
  return { status, observedAt: isoTime(note.at), target: pool.vault.paths.file, labels }
}

function isKnown({ accounts }: Document, label: Label): boolean {
  return Object.hasOwn(accounts, label)
}

async function healAll(pool: Pool, keys: readonly LabelKey[]): Promise<Healed[]> {
  const stores: Healed[] = []
  for (const key of keys) stores.push(...(await healLabel(pool, key)))
  return stores
}
