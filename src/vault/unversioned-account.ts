import { asCodexCredential, credentialIdentity } from "../domain/credential.ts"
import { asObject } from "../domain/document.ts"
import { describeIdentity } from "../domain/identity.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { sha256 } from "../system/hash.ts"
import { isoTime } from "../system/time.ts"
import { valueAt, without, withoutEmpty, withValue } from "./tree-edits.ts"

const LOGIN = ["openclaw", "credential"]
const LAST_TIME = 8.64e15

/** The tree with an account of the oldest format under its label, its login under `credentials`. */
export function convertAccount(tree: JsonObject, label: Label, account: JsonObject): JsonObject {
  const provider = providerOf(account.provider) ?? "openai-codex"
  const named = withExpectation({ ...account, provider })
  const converted = provider === "anthropic" ? named : withBrowser(named)
  const login = loginOf(account)
  const place = ["credentials", "openai-codex", label]
  const moves = login !== null && valueAt(tree, place) === undefined
  const stored = moves ? withValue(tree, place, login) : tree
  return withValue(stored, ["accounts", label], moves ? withoutLogin(converted) : converted)
}

/** The tree with an account that can be no label at `place`, and its login in quarantine. */
export function convertUnnamed(
  tree: JsonObject,
  place: readonly string[],
  key: string,
  account: unknown,
): JsonObject {
  const record = asObject(account)
  const login = record === null ? null : loginOf(record)
  const credential = login === null ? null : asCodexCredential(login)
  if (record === null || credential === null) return withValue(tree, place, account)
  // The same file gives the same id however often it is read: nothing else could be adopted by it.
  const entry = {
    id: sha256(`${key}\n${credential.refresh.reveal()}`).slice(0, 8),
    at: "",
    provider: "openai-codex",
    label: null,
    reason: "legacy_label",
    identity: describeIdentity(credentialIdentity(credential)),
    credential: login,
  }
  const kept: readonly unknown[] = Array.isArray(tree.quarantine) ? tree.quarantine : []
  const aside = withValue(tree, place, withoutLogin(record))
  return { ...aside, quarantine: [...kept, entry] }
}

/** The whole Codex login that OpenClaw's record of an account holds, as a credential; else null. */
function loginOf(account: JsonObject): JsonObject | null {
  const held = asObject(valueAt(account, LOGIN))
  if (held === null || providerOf(held.provider) !== "openai-codex") return null
  const { access, refresh, expires, accountId } = held
  if (typeof expires !== "number" || !(expires > 0 && expires <= LAST_TIME)) return null
  const login = { access, refresh, expiresAt: isoTime(expires), accountId }
  return asCodexCredential(login) === null ? null : login
}

function withoutLogin(account: JsonObject): JsonObject {
  const known = ["provider", "access", "refresh", "expires", "accountId"]
  const rest = known.reduce<JsonObject>((kept, key) => without(kept, [...LOGIN, key]), account)
  return withoutEmpty(withoutEmpty(rest, LOGIN), ["openclaw"])
}

/** `email` was the expectation then. */
function withExpectation(account: JsonObject): JsonObject {
  const { email } = account
  if (typeof email !== "string" || email.trim() === "") return account
  if (valueAt(account, ["expect", "email"]) !== undefined) return account
  const moved = without(account, ["email"])
  return withValue(moved, ["expect", "email"], email.trim().toLowerCase())
}

/** With a profile's name it is Chrome's; without one aim has a folder of its own for it. */
function withBrowser(account: JsonObject): JsonObject {
  const profile = valueAt(account, ["browser", "profileDirectory"])
  const named = typeof profile === "string" && profile.trim() !== ""
  const bound = setIfAbsent(account, ["browser", "mode"], named ? "chrome-profile" : "aim-profile")
  return setIfAbsent(bound, ["reauth", "mode"], "browser-managed")
}

function setIfAbsent(tree: JsonObject, path: readonly string[], value: unknown): JsonObject {
  return valueAt(tree, path) === undefined ? withValue(tree, path, value) : tree
}

function providerOf(value: unknown): string | null {
  if (typeof value !== "string" || value.trim() === "") return null
  return value.trim().toLowerCase().replaceAll("_", "-")
}
