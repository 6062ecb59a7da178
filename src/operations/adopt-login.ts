import { adoptKeeping } from "../domain/adopt-keeping.ts"
import { recordIdentity } from "../domain/credential.ts"
import { adoptPair, completePair } from "../domain/credential-edits.ts"
import {
  asObject,
  codexCredential,
  credentialRecord,
  type Document,
  labelsOf,
  providerOf,
} from "../domain/document.ts"
import { patchTarget, putAccount, putCredential } from "../domain/document-edits.ts"
import { contradiction, expectationOf, meets, storedContradiction } from "../domain/expect.ts"
import { compareIdentities, describeIdentity } from "../domain/identity.ts"
import type { Label } from "../domain/label.ts"
import type { Login } from "../domain/login.ts"
import { ownerOf, relationTo } from "../domain/owner.ts"
import { quarantineLogin, quarantineStored } from "../domain/quarantine.ts"
import type { Store } from "../domain/store.ts"
import { fail } from "../system/errors.ts"
import { isoTime } from "../system/time.ts"
import type { Target } from "../targets/target.ts"
import { newAccount } from "./new-account.ts"

/** How a login came to be a label's: `adopted` new, `newer` than the stored pair, or no news. */
export type Adoption = "adopted" | "newer" | "same" | "older" | "conflict"

/**
 * The document after `login` was taken in as `label`, which is made if it is new. Stops when the
 * login is another person's than the label's, another label's, or not the expected one. An older
 * pair changes nothing; a conflicting one goes to quarantine and the stored pair stays. Where the
 * stored login is not the expected one and this one is, it takes its place.
 */
export function adoptAs(
  document: Document,
  label: Label,
  login: Login,
  note: { id: string; at: number },
): { document: Document; adoption: Adoption } {
  const account = asObject(document.accounts[label])
  if (account !== null && providerOf(account) !== login.provider) {
    return fail(
      "wrong_provider",
      `\`${label}\` is a label of another provider`,
      "choose another label for this login",
    )
  }
  checkNotElsewhere(document, label, login)
  checkExpected(document, label, login)
  const based =
    account === null ? putAccount(document, label, newAccount(login.provider)) : document
  const relation = relationTo(based, label, login)
  switch (relation) {
    case null:
      if (isAnothers(based, label, login)) return refuseStranger(based, label, login)
      return { document: adoptKeeping(based, label, login, note), adoption: "adopted" }
    case "newer":
      return { document: adoptKeeping(based, label, login, note), adoption: "newer" }
    case "same":
      return { document: completePair(based, label, login), adoption: "same" }
    case "older":
      return { document: based, adoption: "older" }
    case "conflict": {
      const entry = { ...note, label, reason: "conflict" }
      return { document: quarantineLogin(based, login, entry), adoption: "conflict" }
    }
    default:
      return replacesWrong(based, label, login)
        ? { document: replaceWrong(based, label, login, note), adoption: "adopted" }
        : refuseStranger(based, label, login)
  }
}

/** The document that remembers a home as a store of the label; a client's own home needs no memory. */
export function rememberHome(
  document: Document,
  target: Target,
  store: Store,
  label: Label,
  at: number,
): Document {
  if (store.primary) return document
  const homes = asObject(asObject(document.targets[target.vaultKey])?.sourceHomes) ?? {}
  if (asObject(homes[store.realHome])?.label === label) return document
  const sourceHomes = { ...homes, [store.realHome]: { label, capturedAt: isoTime(at) } }
  return patchTarget(document, target.vaultKey, { sourceHomes })
}

/** Labels that share a ChatGPT workspace: fine for aim, refused by the reference program. */
export function sameWorkspace(document: Document, label: Label, login: Login): Label[] {
  return labelsOf(document, login.provider).filter((other) => {
    const credential = other === label ? null : codexCredential(document, other)
    return credential !== null && credential.accountId === login.identity.workspace
  })
}

/** Stops when this login is another label's: one person under two labels would be counted twice. */
export function checkNotElsewhere(document: Document, label: Label, login: Login): void {
  const owner = ownerOf(document, login, label)
  if (owner === null || owner.label === label) return
  fail(
    "login_already_labelled",
    `this login (${describeIdentity(login.identity)}) is the label \`${owner.label}\` already`,
    Object.hasOwn(document.accounts, label)
      ? `it is kept up to date as \`${owner.label}\`; nothing is to be done`
      : `use \`${owner.label}\`, or: aim account rename ${owner.label} ${label}`,
  )
}

function checkExpected(document: Document, label: Label, login: Login): void {
  const wrong = contradiction(expectationOf(document.accounts[label]), login.identity)
  if (wrong === null) return
  fail(
    "identity_mismatch",
    `this is not the login that \`${label}\` must have: ${wrong}`,
    `capture it under another label, or change what is expected: aim help account expect`,
  )
}

function replacesWrong(document: Document, label: Label, login: Login): boolean {
  const expected = expectationOf(document.accounts[label])
  return storedContradiction(document, label) !== null && meets(expected, login.identity)
}

/** A record of its own: stores of the wrong login must not be taken for this label's. */
function replaceWrong(
  document: Document,
  label: Label,
  login: Login,
  note: { id: string; at: number },
): Document {
  const { provider } = login
  const outgoing = { ...note, label, reason: "replaced" }
  const kept = quarantineStored(document, provider, label, outgoing)
  return adoptPair(putCredential(kept, provider, label, null), label, login, note.at)
}

/** What is left of an incomplete record may still say that it was somebody else's. */
function isAnothers(document: Document, label: Label, login: Login): boolean {
  const left = credentialRecord(document, login.provider, label)
  return left !== null && compareIdentities(recordIdentity(left), login.identity) === "different"
}

function refuseStranger(document: Document, label: Label, login: Login): never {
  const stored = credentialRecord(document, login.provider, label)
  const known = stored === null ? "unknown" : describeIdentity(recordIdentity(stored))
  const unreadable =
    stored !== null && compareIdentities(recordIdentity(stored), login.identity) === "unknown"
  return fail(
    "identity_mismatch",
    unreadable
      ? `whether this login is \`${label}\`'s can't be read from its tokens (stored: ${known}; here: ${describeIdentity(login.identity)})`
      : `\`${label}\` is ${known}, but this login is ${describeIdentity(login.identity)}`,
    "capture it under another label; nothing was changed",
  )
}
