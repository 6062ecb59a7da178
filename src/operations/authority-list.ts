import { CLIENT_WORD } from "../domain/client-word.ts"
import { importStatus } from "../domain/import/status.ts"
import type { Label } from "../domain/label.ts"
import { PROVIDER_IDS, type ProviderId } from "../domain/provider-id.ts"
import { recordedAuthority } from "../pool/authority.ts"
import { shallWait } from "../pool/authority-reach.ts"
import type { Pool } from "../pool/pool.ts"

/** Where one client's labels came from. */
export type AuthorityView = {
  /** `codex` or `claude`, as `aim sync` and `aim promote` are told. */
  client: string
  provider: ProviderId
  source: string
  importedAt: string | null
  labels: Label[]
  /** Those that have changed here since and are not promoted. */
  dirtyLabels: Label[]
  /** False while it is let alone, since it could not be reached lately. */
  reachable: boolean
}

/** `aim authority list`: the recorded imports; nobody is asked. */
export async function listAuthorities(pool: Pool): Promise<AuthorityView[]> {
  const { document } = await pool.vault.read()
  return PROVIDER_IDS.flatMap((provider): AuthorityView[] => {
    const { source, importedAt, labels, dirtyLabels } = importStatus(document, provider)
    if (source === null && labels.length === 0) return []
    const locator = recordedAuthority(pool, document, provider)
    const reachable = locator === null || !shallWait(pool, locator)
    const client = CLIENT_WORD[provider]
    return [{ client, provider, source: source ?? "?", importedAt, labels, dirtyLabels, reachable }]
  })
}
