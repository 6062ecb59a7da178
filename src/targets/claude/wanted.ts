import { type ClaudeBundle, expiryOf, scopesOf, textIn } from "../../domain/claude/bundle.ts"
import { contradicts } from "../../domain/claude/identity.ts"
import type { JsonObject } from "../../domain/login.ts"
import { sameJson } from "../json/same-json.ts"
import { FLAGS } from "./client-files.ts"
import type { Seen } from "./look.ts"

/** What a store must hold, and the names of what it lacks to do so. Values are never named. */
export type Wanted = ClaudeBundle & { oauthLacks: string[]; stateLacks: string[] }

/**
 * What a bundle puts into the store that was seen. Everything in `claudeAiOauth` belongs to its
 * login, so a store's object is replaced as a whole; but where it holds this very pair, Claude Code
 * has perhaps learnt more of the plan since, which stays. So with `oauthAccount`: Claude Code fetches
 * that of its tokens' owner anew every day.
 */
export function wantedIn(bundle: ClaudeBundle, { credentials, state }: Seen): Wanted {
  const live = (credentials.kind === "text" ? credentials.oauth : null) ?? {}
  const account = (state.kind === "text" ? state.account : null) ?? {}
  const flags: JsonObject = state.kind === "text" ? state.flags : {}
  const claudeAiOauth = samePair(bundle.claudeAiOauth, live)
    ? learnt(bundle.claudeAiOauth, live)
    : bundle.claudeAiOauth
  const oauthAccount = sameAccount(bundle, account)
    ? filled(bundle.oauthAccount, account)
    : bundle.oauthAccount
  return {
    claudeAiOauth,
    oauthAccount,
    oauthLacks: sameJson(claudeAiOauth, live) ? [] : namesOf(claudeAiOauth, live),
    stateLacks: [
      ...(sameJson(oauthAccount, account) ? [] : ["oauthAccount"]),
      ...FLAGS.filter((flag) => flags[flag] !== true),
    ],
  }
}

function samePair(stored: JsonObject, live: JsonObject): boolean {
  return ["accessToken", "refreshToken"].every((key) => stored[key] === live[key])
}

/** The live object, with what it lacks, or what Claude Code could not use as it stands there. */
function learnt(stored: JsonObject, live: JsonObject): JsonObject {
  const expiresAt = (expiryOf(live) ?? 0) > 0 ? expiryOf(live) : stored.expiresAt
  const scopes = scopesOf(live).length > 0 ? scopesOf(live) : stored.scopes
  return { ...filled(stored, live), expiresAt, scopes }
}

/** `live` in its order, then what it lacks or has as null. */
function filled(stored: JsonObject, live: JsonObject): JsonObject {
  const lacking = Object.entries(stored).filter(
    ([key]) => live[key] === undefined || live[key] === null,
  )
  return { ...live, ...Object.fromEntries(lacking) }
}

/** The same person in the same organisation, and nothing against the tokens that go beside it. */
function sameAccount({ claudeAiOauth, oauthAccount }: ClaudeBundle, live: JsonObject): boolean {
  if (contradicts({ claudeAiOauth, oauthAccount: live })) return false
  const isSame = (key: string) => {
    const [stored, there] = [textIn(oauthAccount, key), textIn(live, key)]
    return stored !== null && there !== null && stored.toLowerCase() === there.toLowerCase()
  }
  const knowsUser = [oauthAccount, live].every((each) => textIn(each, "accountUuid") !== null)
  return isSame(knowsUser ? "accountUuid" : "emailAddress") && isSame("organizationUuid")
}

const SAYABLE = ["accessToken", "refreshToken", "expiresAt", "scopes", "subscriptionType"]

/** A key that only the foreign file knows is not repeated. */
function namesOf(wanted: JsonObject, live: JsonObject): string[] {
  const names = SAYABLE.filter((key) => !sameJson(wanted[key], live[key]))
  return names.length > 0 ? names.map((key) => `claudeAiOauth.${key}`) : ["claudeAiOauth"]
}
