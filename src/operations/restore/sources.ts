import { asObject, type Document, targetBlock } from "../../domain/document.ts"
import { PROVIDER_IDS } from "../../domain/provider-id.ts"
import type { LiveLogin } from "../../domain/restore.ts"
import type { Store } from "../../domain/store.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { rememberedHomes, storesOf } from "../../pool/stores.ts"
import type { Target } from "../../targets/target.ts"
import { inLockOrder } from "../../vault/lease.ts"
import type { LeasedLabel } from "../../vault/vault.ts"

/** Every label that stands in one of these files, with or without a login, in lock order. */
export function labelsIn(documents: readonly Document[]): LeasedLabel[] {
  return inLockOrder(
    documents.flatMap((document) =>
      PROVIDER_IDS.flatMap((provider) => {
        const named = Object.keys(document.accounts)
        const stored = Object.keys(asObject(document.credentials[provider]) ?? {})
        return [...named, ...stored].map((label) => keyOf(provider, label))
      }),
    ),
  )
}

/** What the homes that these files know of hold now: each home once, read without a lock. */
export async function liveLogins(pool: Pool, documents: readonly Document[]): Promise<LiveLogin[]> {
  const live: LiveLogin[] = []
  const seen = new Set<string>()
  for (const target of pool.targets) {
    for (const document of documents) {
      for (const store of await storesOf(document, target)) {
        const key = `${target.id} ${store.realHome}`
        if (seen.has(key)) continue
        seen.add(key)
        const readback = await target.read(store)
        if (readback.kind !== "login") continue
        const prefer = labelOf(document, target, store)
        live.push({ store: store.home, login: readback.login, prefer })
      }
    }
  }
  return live
}

function labelOf(document: Document, target: Target, store: Store): string | null {
  const active = targetBlock(document, target.vaultKey).activeLabel
  if (store.primary) return typeof active === "string" ? active : null
  return rememberedHomes(document, target).find(([dir]) => dir === store.realHome)?.[1] ?? null
}
