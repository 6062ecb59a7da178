import { PROVIDER_IDS, type ProviderId } from "../domain/provider-id.ts"
import type { Pool } from "../pool/pool.ts"
import { AimError, fail, type Problem } from "../system/errors.ts"
import { listAuthorities } from "./authority-list.ts"
import { type SyncOptions, type SyncResult, syncProvider } from "./sync-provider.ts"

/** One provider's import, or what stopped it. */
export type Synced =
  | { provider: ProviderId; result: SyncResult }
  | { provider: ProviderId; source: string; error: Problem }

/**
 * `aim sync --all`: every provider from the authority that its labels came from, one after the
 * other. One that can't be reached does not stop the other.
 */
export async function syncAll(
  pool: Pool,
  options: Omit<SyncOptions, "from">,
): Promise<{ ok: boolean; synced: Synced[] }> {
  const known = await listAuthorities(pool)
  if (known.length === 0)
    return fail(
      "nothing_imported",
      "no label was imported from an authority",
      "aim sync codex --from <authority>",
    )
  const synced: Synced[] = []
  for (const provider of PROVIDER_IDS) {
    const view = known.find((each) => each.provider === provider)
    if (view === undefined) continue
    try {
      const result = await syncProvider(pool, provider, { ...options, from: null })
      synced.push({ provider, result })
    } catch (error) {
      if (!(error instanceof AimError)) throw error
      synced.push({ provider, source: view.source, error: error.problem })
    }
  }
  return { ok: synced.every((each) => "result" in each && each.result.ok), synced }
}
