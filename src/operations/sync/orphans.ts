import { ownerOfReadback } from "../../domain/adopt/owner.ts"
import { CLIENT_WORD } from "../../domain/client-word.ts"
import type { Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { isOrphan, orphansIn, withOrphan } from "../../domain/orphans.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import type { Finding } from "../../domain/receipt.ts"
import type { Readback } from "../../domain/store.ts"
import { type Pool, targetsOf } from "../../pool/pool.ts"
import { type Held, readStore } from "../../pool/stores.ts"
import { reachableStore } from "./prune-store.ts"

/** The logins that earlier imports left in clients' homes, each with the label that it was of. */
export async function orphansLeft(
  pool: Pool,
  document: Document,
  provider: ProviderId,
): Promise<Held[]> {
  const left: Held[] = []
  for (const target of targetsOf(pool, provider)) {
    for (const orphan of orphansIn(document, target.vaultKey, provider)) {
      const store = await reachableStore(target, orphan.home)
      if (store === null) continue
      const held = await readStore(document, target, store)
      const { readback, owner } = held
      if (readback.kind !== "login" || owner !== null || !isOrphan(orphan, readback.login)) continue
      left.push({ ...held, owner: { label: orphan.label, relation: "same" } })
    }
  }
  return left
}

/** True for a login that is no label's now and was left in its home when that label went. */
export function wasLeft(document: Document, held: Held, readback: Readback, label: Label): boolean {
  const { target, store } = held
  if (readback.kind !== "login") return false
  const known = orphansIn(document, target.vaultKey, target.provider)
  return known.some((each) => {
    return each.home === store.realHome && each.label === label && isOrphan(each, readback.login)
  })
}

/** The document that remembers which of these logins stay in their homes as no label's. */
export function withOrphansOf(document: Document, staying: readonly Held[]): Document {
  return staying.reduce((next, held) => {
    const { target, store, readback, owner } = held
    if (readback.kind !== "login" || owner === null) return next
    const isLeft = nobodys(document, [held]).length > 0
    const left = isLeft ? { label: owner.label, login: readback.login } : null
    return withOrphan(next, target.vaultKey, store.realHome, left)
  }, document)
}

/** Those that stay although nobody said that they may: to be told with each import. */
export function orphanFindings(document: Document, staying: readonly Held[]): Finding[] {
  return nobodys(document, staying).flatMap(({ target, store, owner }) => {
    if (owner === null) return []
    return [
      {
        kind: "orphaned_live_login",
        label: owner.label,
        store: store.home,
        detail: `\`${owner.label}\` is gone from the authority; its login stays in ${store.file} as a login of no label`,
        hint: `aim sync ${CLIENT_WORD[target.provider]} --prune-live takes it out, into quarantine`,
      },
    ]
  })
}

/** Those whose login is no label's by this document, though it was one's before. */
export function nobodys(document: Document, held: readonly Held[]): Held[] {
  return held.filter(
    ({ readback, owner }) => owner !== null && ownerOfReadback(document, readback) === null,
  )
}
