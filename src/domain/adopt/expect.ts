import { asObject, type Document } from "../document.ts"
import { compareIdentities, type Identity } from "../identity.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import { type OfLabel, storedLogin } from "../stored-login.ts"

/** Whose login a label must have; `email` is the reference's key (in small letters), `workspace` aim's. */
export type Expectation = { email: string | null; workspace: string | null }

type Who = Pick<Identity, "email" | "workspace">

/** What an account record pins; all null where it pins nothing. */
export function expectationOf(account: unknown): Expectation {
  const expect = asObject(asObject(account)?.expect) ?? {}
  return { email: text(expect.email)?.toLowerCase() ?? null, workspace: text(expect.workspace) }
}

/**
 * How a login contradicts what is expected, as the end of a sentence, or null. What can't be read
 * from a login contradicts nothing.
 */
export function contradiction(expected: Expectation, { email, workspace }: Who): string | null {
  const isOther = (wanted: string | null, found: string | null) =>
    wanted !== null && found !== null && wanted !== found
  if (isOther(expected.email, email?.trim().toLowerCase() ?? null))
    return `${expected.email} is expected, the login is ${email}`
  if (isOther(expected.workspace, workspace))
    return `workspace ${expected.workspace} is expected, the login is of ${workspace}`
  return null
}

/** True when something is expected, and a login is proven to be exactly that. */
export function meets(expected: Expectation, { email, workspace }: Who): boolean {
  const { email: address, workspace: place } = expected
  if (address === null && place === null) return false
  const isIt = (wanted: string | null, found: string | null) => wanted === null || wanted === found
  return isIt(address, email?.trim().toLowerCase() ?? null) && isIt(place, workspace)
}

/** How the login that a label stores contradicts what its account expects, or null. */
export function storedContradiction(document: Document, key: OfLabel): string | null {
  const expected = expectationOf(accountOf(document, key.label))
  if (expected.email === null && expected.workspace === null) return null
  const stored = storedLogin(document, key)
  return stored === null ? null : contradiction(expected, stored.identity)
}

/**
 * Whether a pair that came for a label (from a refresh, from a client's store) may become its own:
 * not one of another person. One of the very user and workspace that are stored may, even if it is
 * not the expected one (a new e-mail, say): no token is lost by it, and the label reads `conflict`.
 * So may any pair of a label that reads so already.
 */
export function mayBecome(document: Document, label: Label, identity: Identity): boolean {
  const key = { provider: identity.provider, label }
  const stored = storedLogin(document, key)
  const relation = stored === null ? "unknown" : compareIdentities(stored.identity, identity)
  if (relation !== "unknown") return relation === "same"
  const wrong = contradiction(expectationOf(accountOf(document, label)), identity)
  return wrong === null || storedContradiction(document, key) !== null
}

function accountOf(document: Document, label: Label): JsonObject | null {
  return Object.hasOwn(document.accounts, label) ? asObject(document.accounts[label]) : null
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
