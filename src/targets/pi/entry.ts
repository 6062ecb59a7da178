import { accessExpiry, type CodexCredential } from "../../domain/credential.ts"
import { MINUTE, parseIso } from "../../system/time.ts"
import { setMember, withoutMember } from "../json/json-edit.ts"
import { membersOf } from "../json/json-members.ts"
import { ENTRY_KEYS, entryIn, jsonOf, OURS, type PiEntry } from "./auth-file.ts"

/** Pi counts `expires` from when it got the reply (1.5.2), aim from the token's own `exp`. */
const EXPIRY_SLACK = MINUTE

type Wanted = Readonly<Record<(typeof ENTRY_KEYS)[number], string | number>>

/** The entry that a credential record is in Pi's `auth.json`, in Pi's own key order (1.5.2). */
function wantedEntry(credential: CodexCredential): Wanted {
  return {
    type: "oauth",
    access: credential.access.reveal(),
    refresh: credential.refresh.reveal(),
    expires: accessExpiry(credential) ?? parseIso(credential.expiresAt) ?? 0,
    accountId: credential.accountId,
  }
}

/**
 * The names of what an entry lacks to be the credential's login; none when there is nothing to
 * write. Names only: the values are tokens.
 */
export function differences(credential: CodexCredential, entry: PiEntry): string[] {
  if (entry.kind !== "login") return [OURS]
  const { login } = entry
  const wanted = wantedEntry(credential)
  const isSo = (key: (typeof ENTRY_KEYS)[number]) =>
    key === "expires"
      ? Math.abs(login.expires - Number(wanted.expires)) <= EXPIRY_SLACK
      : login[key] === wanted[key]
  return ENTRY_KEYS.filter((key) => !isSo(key)).map((key) => `${OURS}.${key}`)
}

/** The `auth.json` of a home that has none: what Pi's own login writes (1.5.2), byte for byte. */
export function newAuth(credential: CodexCredential): string {
  return JSON.stringify({ [OURS]: wantedEntry(credential) }, null, 2)
}

/**
 * The text of `auth.json` with the credential's login merged in, or null when the file holds
 * exactly that login. Keys of the entry that Pi does not know stay, and so does every other entry,
 * the order and the layout; an API key under aim's name gives way as a whole.
 */
export function mergedAuth(
  credential: CodexCredential,
  text: string,
  entry: PiEntry,
): string | null {
  if (differences(credential, entry).length === 0) return null
  const json = jsonOf(text)
  const before = markOf(text, json)
  const wanted = wantedEntry(credential)
  const at = entry.kind === "login" ? entryIn(json) : null
  if (at === null) return before + setMember(json, OURS, wanted, [])
  let inner = json.slice(at.start, at.end)
  const done: string[] = []
  for (const key of ENTRY_KEYS) {
    inner = setMember(inner, key, wanted[key], done)
    done.push(key)
  }
  return before + json.slice(0, at.start) + inner + json.slice(at.end)
}

/** The text of `auth.json` without aim's entry, or null when no other is in it. */
export function authWithoutLogin(text: string): string | null {
  const json = jsonOf(text)
  const rest = withoutMember(json, OURS)
  return membersOf(rest)?.members.length === 0 ? null : markOf(text, json) + rest
}

/** What stands before the JSON of a file: a byte order mark, or nothing. */
function markOf(text: string, json: string): string {
  return text.slice(0, Math.max(0, text.length - json.length))
}
