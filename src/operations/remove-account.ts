import { aimProfileDir } from "../browser/aim-profile.ts"
import type { Conversation } from "../domain/conversation.ts"
import { credentialRecord, type Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { withoutLabel } from "../domain/remove-label.ts"
import { captureNewest } from "../pool/capture.ts"
import { commit } from "../pool/commit.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { finishInflight } from "../pool/refresh.ts"
import { storesHolding } from "../pool/stores.ts"
import { fileExists } from "../system/files.ts"
import { clearInflight } from "../vault/inflight.ts"
import { type KnownLabel, knownLabel } from "./account/known-label.ts"
import { assignmentsOf, importedAt } from "./account/label-traces.ts"
import { agree } from "./agree.ts"

export type Removal = { label: Label; touches: string[] }

/**
 * `aim account remove <label>`: says what it touches, asks, and removes label and login from the
 * vault; the backup keeps them, newest pair included. Live files stay as they are.
 */
export async function removeAccount(
  pool: Pool,
  typed: string,
  yes: boolean,
  conversation: Conversation,
): Promise<Removal> {
  const { document } = await pool.vault.read()
  const known = knownLabel(document, typed)
  const key = keyOf(known.provider, known.label)
  const touches = await tracesOf(pool, document, known)
  const profile = aimProfileDir(pool.vault.paths.dir, known.label)
  if (await fileExists(profile)) touches.push(`its browser profile stays in ${profile}`)
  await agree(conversation, yes, `remove the label \`${known.label}\``, touches)
  return pool.vault.withLabels([key], async (lease) => {
    await finishInflight(pool, lease, key)
    await captureNewest(pool, lease, key)
    await commit(pool, (fresh) => withoutKnown(fresh, known.label))
    await clearInflight(pool.vault, lease, key)
    pool.ledger.moveLabel(known.provider, known.label, null)
    recordAct(pool, { action: "account_remove", status: "applied", label: known.label, touches })
    return { label: known.label, touches }
  })
}

async function tracesOf(pool: Pool, document: Document, known: KnownLabel): Promise<string[]> {
  const { label, provider } = known
  const what = credentialRecord(document, provider, label) === null ? "label" : "stored login of"
  const touches = [`the ${what} \`${label}\` leaves the vault; a backup keeps it`]
  for (const { store } of await storesHolding(pool, document, keyOf(provider, label))) {
    touches.push(`${store.file} holds this login; it stays there, as a login of no label`)
  }
  for (const agent of assignmentsOf(document, label))
    touches.push(`OpenClaw agent \`${agent}\` loses its assignment`)
  const source = importedAt(document, provider, label)
  if (source !== null) touches.push(`it was imported from ${source}: the next sync brings it back`)
  return touches
}

function withoutKnown(document: Document, typed: Label): Document {
  const { label, provider } = knownLabel(document, typed)
  return withoutLabel(document, label, provider)
}
