import { checkNotElsewhere } from "../domain/adopt/as.ts"
import { contradiction, expectationOf, meets, storedContradiction } from "../domain/adopt/expect.ts"
import { labelForLogin, newAccount } from "../domain/adopt/new-account.ts"
import type { Conversation } from "../domain/conversation.ts"
import { asObject, type Document, providerOf, type QuarantineEntry } from "../domain/document.ts"
import { dropQuarantine, putAccount, putCredential } from "../domain/document-edits.ts"
import { compareIdentities, describeIdentity } from "../domain/identity.ts"
import type { Label } from "../domain/label.ts"
import { quarantineStored } from "../domain/quarantine.ts"
import { loginInRecord, storedLogin } from "../domain/stored-login.ts"
import { captureNewest } from "../pool/capture.ts"
import { commit } from "../pool/commit.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { finishInflight } from "../pool/refresh.ts"
import { now } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import { randomHex } from "../system/random.ts"
import {
  adoptQuarantined,
  findQuarantined,
  listQuarantine,
  loginOf,
  type QuarantineView,
} from "../vault/quarantine.ts"
import { agree } from "./agree.ts"

/** `aim quarantine list`: what was kept and why; no tokens. */
export async function showQuarantine(pool: Pool): Promise<QuarantineView[]> {
  return listQuarantine((await pool.vault.read()).document)
}

export type AdoptedEntry = {
  label: Label
  adopted: QuarantineView | null
  /** Where the login lies that was replaced: its id in quarantine, or null. */
  replaced: string | null
  stores: Healed[]
}

/**
 * `aim quarantine adopt <id> <label>`: the kept pair becomes the label's, which is made if it is
 * new. The newest pair that it replaces goes to quarantine in its place, so that healing finds no
 * newer one in a store. Stops when the label is another person's or another provider's, or the
 * person has a label already.
 */
export async function adoptEntry(pool: Pool, id: string, typed: string): Promise<AdoptedEntry> {
  const { document } = await pool.vault.read()
  const entry = entryOf(document, id)
  const adopted = listQuarantine(document).find((view) => view.id === entry.id) ?? null
  const label = labelForLogin(document, typed)
  const outgoing = { id: randomHex(4), at: now() }
  const key = keyOf(entry.provider, label)
  const after = await pool.vault.withLabels([key], async (lease) => {
    await finishInflight(pool, lease, key)
    await captureNewest(pool, lease, key)
    return commit(pool, (fresh) => withEntryAs(fresh, entryOf(fresh, entry.id), label, outgoing))
  })
  const kept = (after.quarantine ?? []).some(({ id }) => id === outgoing.id)
  const replaced = kept ? outgoing.id : null
  const result = { label, adopted, replaced, stores: await healStores(pool) }
  recordAct(pool, { action: "quarantine_adopt", status: "applied", ...result })
  return result
}

/** `aim quarantine drop <id>`: the pair is gone for good, but for the vault's backup. */
export async function dropEntry(
  pool: Pool,
  id: string,
  yes: boolean,
  conversation: Conversation,
): Promise<{ id: string; reason: string; identity: string }> {
  const { document } = await pool.vault.read()
  const entry = entryOf(document, id)
  const what = `drop ${entry.id}, a login of ${entry.identity}`
  await agree(conversation, yes, what, ["a backup of the state file keeps it for a while"])
  await commit(pool, (fresh) => dropQuarantine(fresh, entryOf(fresh, entry.id).id))
  const dropped = { id: entry.id, reason: entry.reason, identity: entry.identity }
  recordAct(pool, { action: "quarantine_drop", status: "applied", ...dropped })
  return dropped
}

function withEntryAs(
  document: Document,
  entry: QuarantineEntry,
  label: Label,
  outgoing: { id: string; at: number },
): Document {
  const login = loginInRecord(entry.provider, entry.credential) && loginOf(entry)
  if (login === null) return refuseIncomplete(entry)
  const account = asObject(document.accounts[label])
  if (account !== null && providerOf(account) !== entry.provider) {
    return fail(
      "wrong_provider",
      `\`${label}\` is a label of another provider`,
      `adopt it under another label: aim quarantine adopt ${entry.id} <label>`,
    )
  }
  checkNotElsewhere(document, label, login)
  const { identity } = login
  const expected = expectationOf(document.accounts[label])
  const wrong = contradiction(expected, identity)
  if (wrong !== null) {
    return fail(
      "identity_mismatch",
      `the entry is not the login that \`${label}\` must have: ${wrong}`,
      "adopt it under a new label, or change what is expected: aim help account expect",
    )
  }
  const key = { provider: entry.provider, label }
  const stored = storedLogin(document, key)
  const isOther = stored !== null && compareIdentities(stored.identity, identity) === "different"
  const mends = storedContradiction(document, key) !== null && meets(expected, identity)
  if (stored !== null && isOther && !mends) {
    return fail(
      "identity_mismatch",
      `\`${label}\` is ${describeIdentity(stored.identity)}, the entry is ${describeIdentity(identity)}`,
      `adopt it under a new label: aim quarantine adopt ${entry.id} <label>`,
    )
  }
  const known = Object.hasOwn(document.accounts, label)
  const made = known ? document : putAccount(document, label, newAccount(entry.provider))
  // A record of its own for the right person: nothing of the wrong login's stays in it.
  const based = isOther
    ? putCredential(
        quarantineStored(made, entry.provider, label, { ...outgoing, label, reason: "replaced" }),
        entry.provider,
        label,
        null,
      )
    : made
  const adopted = adoptQuarantined(based, entry.id, label, outgoing)
  return adopted.kind === "adopted" ? adopted.document : refuseIncomplete(entry)
}

function entryOf(document: Document, id: string): QuarantineEntry {
  const found = findQuarantined(document, id)
  if (found.kind === "found") return found.entry
  const why = found.kind === "none" ? "there is no entry" : "there is more than one entry"
  return fail("unknown_quarantine_entry", `${why} \`${id}\` in quarantine`, "aim quarantine list")
}

function refuseIncomplete(entry: QuarantineEntry): never {
  return fail(
    "not_adoptable",
    `the entry ${entry.id} holds no complete login`,
    `log in again and capture it; then: aim quarantine drop ${entry.id}`,
  )
}
