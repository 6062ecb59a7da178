import { asObject, providerOf } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { valueAt, without, withoutEmpty, withValue } from "./tree-edits.ts"

const PROFILES = ["targets", "openclaw", "browserProfiles"]
const BINDINGS = ["targets", "interactiveOAuth", "bindings"]
const OLD_REAUTH_MODES = ["aim-browser-profile", "openclaw-browser-profile"]

/** What old files say about a label's browser, in the account itself and under `targets`. */
type BrowserHints = {
  seededFrom: string | null
  chromeProfile: string | null
  bindingMode: string | null
  oldReauthMode: boolean
}

/** Each account's old browser hints become its binding and reauth mode, where it has none. */
export function migrateAccounts(tree: JsonObject): JsonObject {
  let result = nameClaudeMode(tree)
  const oldTargets = valueAt(tree, PROFILES) ?? valueAt(tree, BINDINGS)
  for (const label of Object.keys(asObject(tree.accounts) ?? {})) {
    const before = asObject(valueAt(result, ["accounts", label]))
    if (before === null || providerOf(before) === "anthropic") continue
    if (oldTargets === undefined && isCurrent(before)) continue
    const after = migrateAccount(before, hintsOf(result, before, label))
    if (after !== before) result = withValue(result, ["accounts", label], after)
    for (const taken of [
      [...PROFILES, label],
      [...BINDINGS, label, "profileId"],
      [...BINDINGS, label, "mode"],
    ])
      result = without(result, taken)
    result = withoutEmpty(result, [...BINDINGS, label])
  }
  const emptied = [PROFILES, BINDINGS, ["targets", "interactiveOAuth"]]
  return emptied.reduce<JsonObject>((kept, path) => withoutEmpty(kept, path), result)
}

/** True for an account without any old key: nearly all are, and every start reads them. */
function isCurrent(account: JsonObject): boolean {
  if (account.openclawBrowserProfile !== undefined) return false
  if (account.chromeProfileDirectory !== undefined) return false
  const browser = asObject(account.browser)
  if (browser !== null && (browser.mode === undefined || browser.seededFrom !== undefined))
    return false
  return !OLD_REAUTH_MODES.includes(String(asObject(account.reauth)?.mode))
}

/** Claude labels log in through Claude Code itself: they have that mode and need no browser. */
function nameClaudeMode(tree: JsonObject): JsonObject {
  const accounts = Object.entries(asObject(tree.accounts) ?? {})
  return accounts.reduce((result, [label, account]) => {
    const claude = asObject(account)
    if (claude === null || providerOf(claude) !== "anthropic") return result
    if (valueAt(claude, ["reauth", "mode"]) === "native-claude") return result
    return withValue(result, ["accounts", label, "reauth", "mode"], "native-claude")
  }, tree)
}

function hintsOf(tree: JsonObject, account: JsonObject, label: Label): BrowserHints {
  const seeds = [
    account.openclawBrowserProfile,
    valueAt(tree, [...PROFILES, label]),
    valueAt(tree, [...BINDINGS, label, "profileId"]),
  ]
  return {
    seededFrom: seeds.map(filled).find((seed) => seed !== null) ?? null,
    chromeProfile: filled(account.chromeProfileDirectory),
    bindingMode: filled(valueAt(tree, [...BINDINGS, label, "mode"])),
    oldReauthMode: OLD_REAUTH_MODES.includes(String(valueAt(account, ["reauth", "mode"]))),
  }
}

function migrateAccount(account: JsonObject, hints: BrowserHints): JsonObject {
  const migrated = setReauthMode(bindBrowser(renameSeed(account), hints), hints)
  const taken = ["openclawBrowserProfile", "chromeProfileDirectory"].filter(
    (key) => filled(migrated[key]) !== null,
  )
  return taken.reduce<JsonObject>((kept, key) => without(kept, [key]), migrated)
}

/** `browser.seededFrom` is the old name of `browser.seededFromOpenclawProfileId`. */
function renameSeed(account: JsonObject): JsonObject {
  const old = filled(valueAt(account, ["browser", "seededFrom"]))
  if (old === null) return account
  return without(setIfAbsent(account, ["browser", "seededFromOpenclawProfileId"], old), [
    "browser",
    "seededFrom",
  ])
}

function bindBrowser(account: JsonObject, hints: BrowserHints): JsonObject {
  let result = account
  if (hints.seededFrom !== null)
    result = setIfAbsent(result, ["browser", "seededFromOpenclawProfileId"], hints.seededFrom)
  if (hints.chromeProfile !== null)
    result = setIfAbsent(result, ["browser", "userDataDir"], hints.chromeProfile)
  if (hints.chromeProfile !== null)
    return setIfAbsent(result, ["browser", "mode"], "chrome-profile")
  const own = ["seededFromOpenclawProfileId", "seededAt", "verifiedAt", "conflictReason"]
  const implied = own.some((key) => filled(valueAt(result, ["browser", key])) !== null)
  return implied || hints.oldReauthMode
    ? setIfAbsent(result, ["browser", "mode"], "aim-profile")
    : result
}

function setReauthMode(account: JsonObject, hints: BrowserHints): JsonObject {
  const path = ["reauth", "mode"]
  if (hints.oldReauthMode) return withValue(account, path, "browser-managed")
  const hinted = hints.seededFrom ?? hints.chromeProfile ?? hints.bindingMode
  if (hinted === null) return account
  const old = hints.bindingMode === "manual-callback" ? "manual-callback" : "browser-managed"
  return setIfAbsent(account, path, old)
}

function setIfAbsent(tree: JsonObject, path: readonly string[], value: unknown): JsonObject {
  return valueAt(tree, path) === undefined ? withValue(tree, path, value) : tree
}

function filled(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
