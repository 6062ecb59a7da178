import { fail } from "../../system/errors.ts"
import { adoptPair, completePair } from "../credential-edits.ts"
import { asObject, credentialRecord, type Document, providerOf } from "../document.ts"
import { putAccount, putCredential } from "../document-edits.ts"
import { compareIdentities, describeIdentity } from "../identity.ts"
import type { Label } from "../label.ts"
import type { Login } from "../login.ts"
import { quarantineLogin, quarantineStored } from "../quarantine.ts"
import { identityOf } from "../stored-pair.ts"
import { contradiction, expectationOf, meets, storedContradiction } from "./expect.ts"
import { adoptKeeping } from "./keeping.ts"
import { newAccount } from "./new-account.ts"
import { ownerOf, relationTo } from "./owner.ts"

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

/**
 * As {@link adoptAs} for a login that a person has made this minute: it becomes the label's even
 * where its times say that it conflicts with the stored pair, which is then kept in quarantine.
 */
export function adoptFresh(
  document: Document,
  label: Label,
  login: Login,
  note: { id: string; at: number },
): { document: Document; adoption: Adoption } {
  const adopted = adoptAs(document, label, login, note)
  if (adopted.adoption === "adopted" || adopted.adoption === "newer")
    return { ...adopted, document: dropClientsOwn(adopted.document, label, login) }
  if (adopted.adoption !== "conflict") return adopted
  const outgoing = { ...note, label, reason: "replaced" }
  const kept = quarantineStored(document, login.provider, label, outgoing)
  const taken = adoptPair(kept, label, login, note.at)
  return { document: dropClientsOwn(taken, label, login), adoption: "newer" }
}

/**
 * What the client of the former login kept with it is not of this one: Codex 0.169.0 would post it
 * in the name of the client that stands in `oauth_provenance`.
 */
function dropClientsOwn(document: Document, label: Label, login: Login): Document {
  const record = credentialRecord(document, login.provider, label)
  if (record?.tokensExtra === undefined) return document
  const { tokensExtra: _former, ...own } = record
  return putCredential(document, login.provider, label, own)
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
  return (
    storedContradiction(document, { provider: login.provider, label }) !== null &&
    meets(expected, login.identity)
  )
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
  return (
    left !== null &&
    compareIdentities(identityOf(login.provider, left), login.identity) === "different"
  )
}

function refuseStranger(document: Document, label: Label, login: Login): never {
  const stored = credentialRecord(document, login.provider, label)
  const known = stored === null ? "unknown" : describeIdentity(identityOf(login.provider, stored))
  const unreadable =
    stored !== null &&
    compareIdentities(identityOf(login.provider, stored), login.identity) === "unknown"
  return fail(
    "identity_mismatch",
    unreadable
      ? `whether this login is \`${label}\`'s can't be read from its tokens (stored: ${known}; here: ${describeIdentity(login.identity)})`
      : `\`${label}\` is ${known}, but this login is ${describeIdentity(login.identity)}`,
    "capture it under another label; nothing was changed",
  )
}
