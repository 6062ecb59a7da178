import * as v from "valibot"
import { asObject } from "../../domain/document.ts"
import { hasDuplicate, type Member, membersOf } from "../json/json-members.ts"
import { type Unreadable, unreadableFile } from "../login-file.ts"

/** The key of Pi's `auth.json` that is aim's; every other provider's entry is the operator's. */
export const OURS = "openai-codex"

/** Pi takes a byte order mark off before it reads (1.5.2). */
const MARK = "\uFEFF"

/** What Pi keeps of one OAuth login (1.5.2): `expires` is a number of epoch ms. */
const Login = v.looseObject({
  type: v.literal("oauth"),
  access: v.string(),
  refresh: v.string(),
  expires: v.pipe(v.number(), v.finite()),
  accountId: v.nullish(v.string()),
})
export type PiLogin = v.InferOutput<typeof Login>

/** The keys of the entry that are aim's to write, in Pi's own order. */
export const ENTRY_KEYS = ["type", "access", "refresh", "expires", "accountId"] as const

/** What stands under aim's key: a login, an API key (which Pi takes for none), or nothing. */
export type PiEntry = { kind: "none" } | { kind: "api_key" } | { kind: "login"; login: PiLogin }

export type ParsedAuth = { kind: "auth"; entry: PiEntry } | Unreadable

/**
 * Reads aim's own entry out of the text of an `auth.json`; nobody else's is looked into. A file
 * that is not JSON, or an entry that Pi would not take, is told as a problem that quotes no text.
 */
export function parseAuthFile(text: string, file: string): ParsedAuth {
  const json = jsonOf(text)
  let tree: unknown
  try {
    tree = JSON.parse(json)
  } catch {
    return unreadable(file, "is not valid JSON")
  }
  const object = asObject(tree)
  const found = membersOf(json)
  if (object === null || found === null) return unreadable(file, "is not a JSON object")
  if (hasDuplicate(found, [OURS])) return unreadable(file, `names \`${OURS}\` twice`)
  const at = entryIn(json)
  const inner = at === null ? null : membersOf(json, at.start)
  if (inner !== null && hasDuplicate(inner, ENTRY_KEYS))
    return invalidEntry(file, `names a key of \`${OURS}\` twice`)
  const held = object[OURS] ?? null
  if (held === null) return { kind: "auth", entry: { kind: "none" } }
  if (asObject(held)?.type === "api_key") return { kind: "auth", entry: { kind: "api_key" } }
  const login = v.safeParse(Login, held)
  return login.success
    ? { kind: "auth", entry: { kind: "login", login: login.output } }
    : invalidEntry(file, `holds an \`${OURS}\` that is no login of Pi's`)
}

/** The JSON of a file's text. Pi makes a new file empty before it writes into it (1.5.2). */
export function jsonOf(text: string): string {
  return text === "" ? "{}" : text.startsWith(MARK) ? text.slice(MARK.length) : text
}

/** Where aim's entry stands in the JSON of a file; null for none. */
export function entryIn(json: string): Member | null {
  return membersOf(json)?.members.find(({ key }) => key === OURS) ?? null
}

/** What is said of an `auth.json` that Pi could not read either. */
export function unreadable(file: string, what: string): Unreadable {
  return unreadableFile(file, what, "pi_target_auth_unreadable")
}

function invalidEntry(file: string, what: string): Unreadable {
  return unreadableFile(file, what, "pi_target_provider_entry_invalid")
}
