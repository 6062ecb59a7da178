import type { Document } from "../../domain/document.ts"
import { describeIdentity } from "../../domain/identity.ts"
import { importStatus } from "../../domain/import/status.ts"
import type { Label } from "../../domain/label.ts"
import { noteNative, noteVerified } from "../../domain/maintenance.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import type { LabelKey } from "../../ledger/ledger.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { fail } from "../../system/errors.ts"

/** Whether an imported label has changed here, so that its authority wants to know (aimgr §4.4). */
export type Promotion = {
  dirty: boolean
  status: "pending_publish" | "clean"
  target: string | null
}

/** Notes that the label is well, and gives whose login it has. */
export async function verify(
  pool: Pool,
  key: LabelKey,
  at: number,
): Promise<{ identity: string; accountId: string | null }> {
  const { label, provider } = key
  const note = provider === "anthropic" ? noteNative : noteVerified
  const document = await pool.vault.withLabels([key], () =>
    commit(pool, (fresh) =>
      Object.hasOwn(fresh.accounts, label) ? note(fresh, label, at) : fresh,
    ),
  )
  const stored = storedLogin(document, key)
  if (stored === null) return fail("label_gone", `\`${label}\` was removed meanwhile`, "aim status")
  return { identity: describeIdentity(stored.identity), accountId: stored.accountId }
}

/** The promotion block of a label that came from an authority; nothing for any other. */
export function promotionOf(
  document: Document,
  provider: ProviderId,
  label: Label,
): { authorityPromotion?: Promotion } {
  const { labelsByName, source } = importStatus(document, provider)
  const imported = labelsByName[label]
  if (imported === undefined) return {}
  const dirty = imported.dirtyLocal
  return {
    authorityPromotion: { dirty, status: dirty ? "pending_publish" : "clean", target: source },
  }
}
