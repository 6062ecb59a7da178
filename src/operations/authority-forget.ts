import { CLIENT_WORD } from "../domain/client-word.ts"
import { dropImport } from "../domain/import/block.ts"
import { importStatus } from "../domain/import/status.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { commit } from "../pool/commit.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { fail } from "../system/errors.ts"

export type Forgotten = { client: string; source: string; labels: Label[]; dirtyLabels: Label[] }

/**
 * `aim authority forget <client>`: the labels of that client are of this machine from now on, with
 * the logins that they have. The authority keeps its own, so that both would renew one login: that
 * is said by whoever shows this.
 */
export async function forgetAuthority(pool: Pool, provider: ProviderId): Promise<Forgotten> {
  const client = CLIENT_WORD[provider]
  let forgotten: Forgotten | null = null
  await commit(pool, (document) => {
    const { source, labels, dirtyLabels } = importStatus(document, provider)
    if (source === null && labels.length === 0)
      return fail(
        "nothing_imported",
        `no ${provider} label was imported from an authority`,
        "aim authority list",
      )
    forgotten = { client, source: source ?? "?", labels, dirtyLabels }
    return dropImport(document, provider)
  })
  const done: Forgotten = forgotten ?? { client, source: "?", labels: [], dirtyLabels: [] }
  recordAct(pool, { action: "authority_forget", status: "applied", ...done })
  return done
}
