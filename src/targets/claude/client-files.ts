import * as v from "valibot"
import { asObject } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import { setAside } from "../../domain/shell-word.ts"
import type { Problem } from "../../system/errors.ts"
import { hasDuplicate, membersOf } from "../json/json-members.ts"

export type Unreadable = { kind: "unreadable"; problem: Problem }

const text = v.nullish(v.string())

/** What aim reads of `claudeAiOauth` and must be able to trust; everything else passes through. */
const Oauth = v.looseObject({
  accessToken: text,
  refreshToken: text,
  expiresAt: v.nullish(v.union([v.number(), v.string()])),
  scopes: v.nullish(v.array(v.unknown())),
})

export type OauthIn = { kind: "oauth"; oauth: JsonObject | null } | Unreadable
export type AccountIn =
  | { kind: "account"; account: JsonObject | null; flags: JsonObject }
  | Unreadable

export const OAUTH = "claudeAiOauth"
export const ACCOUNT = "oauthAccount"
/** What makes Claude Code ask for a login in spite of good tokens when it is not true. */
export const FLAGS = ["hasCompletedOnboarding", "hasAvailableSubscription"] as const

/** `claudeAiOauth` of the text of a credentials file or Keychain item; null where it has none. */
export function oauthIn(json: string, place: string): OauthIn {
  const found = objectIn(json, place, [OAUTH])
  if (found.kind === "unreadable") return found
  const held = found.tree[OAUTH]
  if (held === undefined || held === null) return { kind: "oauth", oauth: null }
  const at = membersOf(json)?.members.find(({ key }) => key === OAUTH)?.start
  const inner = at === undefined ? null : membersOf(json, at)
  if (inner !== null && hasDuplicate(inner, Object.keys(Oauth.entries)))
    return unreadable(place, `names a key of \`${OAUTH}\` twice`)
  const oauth = asObject(held)
  return oauth !== null && v.is(Oauth, held)
    ? { kind: "oauth", oauth }
    : unreadable(place, `holds a \`${OAUTH}\` that is not a login of Claude Code's`)
}

/** `oauthAccount` of the text of Claude's app state, and the flags beside it. */
export function accountIn(json: string, place: string): AccountIn {
  const found = objectIn(json, place, [ACCOUNT, ...FLAGS])
  if (found.kind === "unreadable") return found
  const held = found.tree[ACCOUNT] ?? null
  const account = asObject(held)
  if (held !== null && account === null)
    return unreadable(place, `holds an \`${ACCOUNT}\` that is not an object`)
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, found.tree[flag]]))
  return { kind: "account", account, flags }
}

function objectIn(
  json: string,
  place: string,
  keys: readonly string[],
): { kind: "tree"; tree: JsonObject } | Unreadable {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return unreadable(place, json.trim() === "" ? "is empty" : "is not valid JSON")
  }
  const tree = asObject(parsed)
  const found = tree === null ? null : membersOf(json)
  if (tree === null || found === null) return unreadable(place, "is not a JSON object")
  if (hasDuplicate(found, keys)) return unreadable(place, "names a key twice")
  return { kind: "tree", tree }
}

/** What is said of a file of Claude's that can't be taken as one. Quotes no text of it. */
export function unreadable(
  place: string,
  what: string,
  code = "claude_target_auth_unreadable",
): Unreadable {
  return {
    kind: "unreadable",
    problem: {
      code,
      message: `${place} ${what}`,
      hint: `aim leaves it as it is; look at it, or set it aside (${setAside(place, "broken")}) and run the command again`,
    },
  }
}
