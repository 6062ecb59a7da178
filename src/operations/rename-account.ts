import { aimProfileDir, renameAimProfile } from "../browser/aim-profile.ts"
import type { Conversation } from "../domain/conversation.ts"
import { credentialRecord, type Document } from "../domain/document.ts"
import { type Label, parseNewLabel } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { withLabelRenamed } from "../domain/rename-label.ts"
import { commit } from "../pool/commit.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { finishInflight } from "../pool/refresh.ts"
import { fail } from "../system/errors.ts"
import { fileExists } from "../system/files.ts"
import { clearInflight, copyInflight } from "../vault/inflight.ts"
import { type KnownLabel, knownLabel } from "./account/known-label.ts"
import { assignmentsOf, importedAt } from "./account/label-traces.ts"
import { agree } from "./agree.ts"

export type Renaming = { label: Label; from: Label; touches: string[] }

/**
 * `aim account rename <label> <new>`: the label, its login and everything that names it. The login
 * itself does not change, and no client's file does.
 */
export async function renameAccount(
  pool: Pool,
  typed: string,
  typedNew: string,
  yes: boolean,
  conversation: Conversation,
): Promise<Renaming> {
  const { document } = await pool.vault.read()
  const known = knownLabel(document, typed)
  const to = parseNewLabel(typedNew)
  refuseImported(document, known)
  const touches = tracesOf(document, known, to)
  if (await fileExists(aimProfileDir(pool.vault.paths.dir, known.label)))
    touches.push("its browser profile moves with it")
  await agree(conversation, yes, `rename \`${known.label}\` to \`${to}\``, touches)
  const [from, into] = [keyOf(known.provider, known.label), keyOf(known.provider, to)]
  return pool.vault.withLabels([from, into], async (lease) => {
    for (const key of [from, into]) await finishInflight(pool, lease, key)
    refuseTaken((await pool.vault.read()).document, known.provider, to)
    await copyInflight(pool.vault, lease, from, into)
    await commit(pool, (fresh) => renamed(fresh, knownLabel(fresh, known.label), to))
    await clearInflight(pool.vault, lease, from)
    await renameAimProfile(pool.vault.paths.dir, known.label, to)
    pool.ledger.moveLabel(known.provider, known.label, to)
    const renaming = { label: to, from: known.label, touches }
    recordAct(pool, { action: "account_rename", status: "applied", ...renaming })
    return renaming
  })
}

function refuseImported(document: Document, { label, provider }: KnownLabel): void {
  const source = importedAt(document, provider, label)
  if (source === null) return
  fail(
    "label_imported",
    `\`${label}\` is imported from ${source} under this name`,
    "rename it there; the next sync brings the new name",
  )
}

function refuseTaken(document: Document, provider: ProviderId, to: Label): void {
  if (Object.hasOwn(document.accounts, to))
    fail("label_exists", `there is a label \`${to}\` already`, `aim account show ${to}`)
  if (credentialRecord(document, provider, to) === null) return
  fail(
    "login_without_label",
    `a login without an account is stored under \`${to}\`; it would be lost`,
    `choose another name, or make it a label first: aim account add ${to}`,
  )
}

function tracesOf(document: Document, { label, provider }: KnownLabel, to: Label): string[] {
  const holdsLogin = credentialRecord(document, provider, label) !== null
  const what = holdsLogin
    ? "the account and its stored login are"
    : "the account, without a login, is"
  const touches = [`${what} called \`${to}\` from now on`]
  for (const agent of assignmentsOf(document, label))
    touches.push(`OpenClaw agent \`${agent}\` is assigned to \`${to}\``)
  return touches
}

function renamed(document: Document, { label, provider }: KnownLabel, to: Label): Document {
  refuseTaken(document, provider, to)
  return withLabelRenamed(document, provider, label, to)
}
