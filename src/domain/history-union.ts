import { asObject } from "./document.ts"
import type { JsonObject } from "./login.ts"

/** The keys that the reference keeps in an entry; two that agree in them are one entry. */
const COMPARED = ["observedAt", "kind", "status", "label", "accountId", "reason"]

/** The entries of the ledger and those of the vault's file that it lacks, each once. */
export function historyUnion(ledger: readonly JsonObject[], stored: unknown): JsonObject[] {
  const entries = [...ledger, ...(Array.isArray(stored) ? stored : [])]
  const kept = new Map<string, JsonObject>()
  for (const entry of entries) {
    const known = asObject(entry)
    if (known === null) continue
    const key = JSON.stringify(COMPARED.map((name) => known[name] ?? null))
    if (!kept.has(key)) kept.set(key, known)
  }
  return [...kept.values()]
}
