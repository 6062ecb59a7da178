import { fail } from "../../system/errors.ts"
import { checkNotElsewhere } from "../adopt/as.ts"
import { contradiction, expectationOf } from "../adopt/expect.ts"
import { relationTo } from "../adopt/owner.ts"
import { loginOfRecord, type RecordLogin } from "../adopt/record-login.ts"
import { asObject, credentialRecord, type Document, providerOf } from "../document.ts"
import { credentialFingerprint } from "../fingerprint.ts"
import { compareIdentities } from "../identity.ts"
import { claudeIdentityFields } from "../import/base.ts"
import type { Label } from "../label.ts"
import type { JsonObject, Login } from "../login.ts"
import { pairHash } from "../pair.ts"
import { type StoredLogin, storedLogin } from "../stored-login.ts"
import type { PromotionBase, PromotionEntry } from "./promotion.ts"
import { PROMOTION_WORD } from "./read.ts"

/** Whoever promotes has to see what the authority has by now: taken, kept or in conflict, and why. */
const SEE = "nothing was changed; what the authority has by now: aim authority show"

/** `same`: the authority holds this very pair already. */
export type Checked = RecordLogin & { label: Label; same: boolean }

/**
 * Checks whether an authority may take a promoted pair over; stops, in the reference's words
 * (aimgr 4404b27 §6.9), where not. The consumer must have started from the login that is stored
 * here: by its fingerprint, or because the pair remembers the stored one as its predecessor. A pair
 * that is stored already is a success again, whatever it started from.
 */
export function checkPromotion(document: Document, label: Label, entry: PromotionEntry): Checked {
  const { provider, credential, base } = entry
  const refuse = (code: string, why: string): never =>
    fail(code, `Refusing ${PROMOTION_WORD[provider]} promotion for label=${label}: ${why}.`, SEE)
  const account = ownAccount(document, label)
  if (account === null)
    return fail(
      "promotion_unknown_label",
      `Refusing ${PROMOTION_WORD[provider]} promotion for unknown authority label=${label}.`,
      SEE,
    )
  if (providerOf(account) !== provider)
    return refuse("promotion_wrong_provider", `authority provider is not ${provider}`)
  const incoming = loginOfRecord(provider, credential)
  if (typeof incoming === "string") return refuse("promotion_credential_invalid", incoming)
  const { login } = incoming
  const stored = storedLogin(document, { provider, label })
  const wrong = wrongIdentity(document, label, entry, login, stored)
  if (wrong !== null) return refuse("promotion_wrong_identity", wrong)
  if (holds(stored, login)) return { ...incoming, label, same: true }
  if (stored?.formerPairs.includes(pairHash(login.refresh)))
    return refuse("promotion_older", "the authority has held this login and has a later one")
  const record = credentialRecord(document, provider, label)
  const grown = stored !== null && incoming.stored.formerPairs.includes(pairHash(stored.refresh))
  if (!grown && base.credentialFingerprint !== credentialFingerprint(provider, record))
    return refuse(
      "promotion_conflict",
      "authority credentials changed since the consumer imported them",
    )
  if (relationTo(document, label, login) === "conflict" && !grown)
    return refuse("promotion_older", "the authority's login was issued later")
  const unexpected = contradiction(expectationOf(account), login.identity)
  if (unexpected !== null) return refuse("identity_mismatch", unexpected)
  checkNotElsewhere(document, label, login)
  return { ...incoming, label, same: false }
}

function holds(stored: StoredLogin | null, { access, refresh }: Login): boolean {
  return stored?.refresh.equals(refresh) === true && stored.access.equals(access)
}

function ownAccount(document: Document, label: Label): JsonObject | null {
  return Object.hasOwn(document.accounts, label) ? asObject(document.accounts[label]) : null
}

/** How a pair is another person's than the label's, as the end of a sentence; null where it is not. */
function wrongIdentity(
  document: Document,
  label: Label,
  { provider, accountId, credential, base }: PromotionEntry,
  login: Login,
  stored: StoredLogin | null,
): string | null {
  const record = credentialRecord(document, provider, label)
  if (provider === "anthropic") {
    if (!fits(base, credential))
      return "local Claude identity does not match the imported authority identity"
    if (record !== null && !fits(base, record))
      return "authority Claude identity no longer matches the imported authority identity"
  } else {
    const [mine, theirs] = [stored?.accountId ?? null, login.fields.accountId]
    if (accountId !== undefined && accountId.trim() !== theirs)
      return `accountId=${accountId} does not match that of its credentials`
    if (mine !== null && base.accountId !== undefined && base.accountId !== mine)
      return `authority accountId=${mine} does not match expected imported accountId=${base.accountId}`
    if (mine !== null && mine !== theirs)
      return `local accountId=${theirs} does not match authority accountId=${mine}`
  }
  const isOther =
    stored !== null && compareIdentities(stored.identity, login.identity) === "different"
  return isOther ? "the authority's login is another person's or workspace's" : null
}

/** By account where both are known, else by e-mail and organisation; unknown ones fit. */
function fits(base: PromotionBase, record: JsonObject): boolean {
  const [a, b] = [claudeIdentityFields(base.identity ?? {}), claudeIdentityFields(record)]
  if (a === null || b === null) return true
  if (a.accountUuid && b.accountUuid) return a.accountUuid === b.accountUuid
  return (
    a.emailAddress?.toLowerCase() === b.emailAddress?.toLowerCase() &&
    a.organizationUuid === b.organizationUuid
  )
}
