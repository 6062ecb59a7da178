import { mayBecome } from "../domain/adopt/expect.ts"
import { adoptKeeping } from "../domain/adopt/keeping.ts"
import { type Owner, ownerOfReadback } from "../domain/adopt/owner.ts"
import { completePair } from "../domain/credential-edits.ts"
import type { Document } from "../domain/document.ts"
import { quarantineLogin } from "../domain/quarantine.ts"
import type { Captured } from "../domain/receipt.ts"
import type { Store } from "../domain/store.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { now } from "../system/clock.ts"
import { randomHex } from "../system/random.ts"
import type { Target } from "../targets/target.ts"
import { assertHeld } from "../vault/lease.ts"
import type { Lease } from "../vault/vault.ts"
import { commit } from "./commit.ts"
import { keyOf, type Pool } from "./pool.ts"
import { readStore, storesHolding } from "./stores.ts"

/**
 * Takes a newer pair out of one store into the vault, under the label's lease, which it takes.
 * Null when the store holds nothing newer.
 */
export async function captureStore(
  pool: Pool,
  document: Document,
  target: Target,
  store: Store,
): Promise<Captured | null> {
  const { owner } = await readStore(document, target, store)
  if (owner === null || !bringsSomething(owner.relation)) return null
  const key = keyOf(target.provider, owner.label)
  return pool.vault.withLabels([key], (lease) => captureHeld(pool, lease, key, target, store))
}

/** As {@link captureStore} for a caller that holds the label's lease: reads store and vault anew. */
export async function captureHeld(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
  target: Target,
  store: Store,
): Promise<Captured | null> {
  assertHeld(lease, key)
  const readback = await target.read(store)
  if (readback.kind !== "login") return null
  const { login } = readback
  const id = randomHex(4)
  let captured: Captured | null = null
  await commit(pool, (document) => {
    captured = null
    const owner = ownerOfReadback(document, readback, key.label)
    if (owner?.label !== key.label) return document
    if (owner.relation === "same") return completePair(document, key.label, login)
    if (owner.relation !== "newer") return document
    if (!mayBecome(document, key.label, login.identity)) {
      const note = { id, at: now(), label: key.label, reason: "wrong_identity" }
      return quarantineLogin(document, login, note)
    }
    captured = { label: key.label, store: store.home, reason: "newer_pair" }
    return adoptKeeping(document, key.label, login, { id, at: now() })
  })
  return captured
}

/** Captures from whichever live store of the label holds a newer pair; under its lease. */
export async function captureNewest(
  pool: Pool,
  lease: Lease,
  key: LabelKey,
): Promise<Captured | null> {
  const { document } = await pool.vault.read()
  for (const { target, store, owner } of await storesHolding(pool, document, key)) {
    if (owner === null || !bringsSomething(owner.relation)) continue
    const captured = await captureHeld(pool, lease, key, target, store)
    if (captured !== null) return captured
  }
  return null
}

/** A newer pair, or the same pair, of which the vault may lack the real id token, say. */
function bringsSomething(relation: Owner["relation"]): boolean {
  return relation === "newer" || relation === "same"
}
