import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { sha256 } from "../../system/hash.ts"
import { type FileText, readText } from "../../system/read-file.ts"
import { accountIn, oauthIn, type Unreadable, unreadable } from "./client-files.ts"
import { type ItemRead, type KeychainItem, readItem } from "./keychain.ts"

/** A file with a login in it is a few kilobytes; Claude's app state grows with every project. */
export const LARGEST_CREDENTIALS = 1_048_576
const LARGEST_STATE = 64 * 1_048_576
const STATE_UNREADABLE = "claude_target_app_state_unreadable"

/** The text that holds the login, and `claudeAiOauth` in it; `mode` is null for a Keychain item. */
export type CredentialsSeen =
  | { kind: "absent" }
  | { kind: "text"; text: string; mode: number | null; oauth: JsonObject | null }
  | Unreadable

export type StateSeen =
  | { kind: "absent" }
  | { kind: "text"; text: string; mode: number; account: JsonObject | null; flags: JsonObject }
  | Unreadable

/** All that Claude Code keeps of one login, read once. Plain tokens: nothing of it leaves this room. */
export type Seen = {
  /** Where the credentials are: the Keychain item comes before the file. */
  source: "keychain" | "file"
  credentials: CredentialsSeen
  state: StateSeen
  /** How the Keychain answered; null where none is asked. */
  item: ItemRead["kind"] | null
}

/** Reads a store without changing anything. */
export async function look(store: Store, item: KeychainItem | null): Promise<Seen> {
  const state = stateOf(await readText(store.appState ?? "", LARGEST_STATE), store.appState ?? "")
  const found = item === null ? null : await readItem(item)
  const rest = { state, item: found?.kind ?? null }
  if (item !== null && found !== null && found.kind !== "none")
    return { source: "keychain", credentials: fromItem(found, item), ...rest }
  const file = await readText(store.file, LARGEST_CREDENTIALS)
  return { source: "file", credentials: fromFile(file, store.file), ...rest }
}

/** The text that holds the login, out of the Keychain item or the file; null where there is none. */
export async function heldText(store: Store, item: KeychainItem | null): Promise<string | null> {
  const { credentials } = await look(store, item)
  return credentials.kind === "text" ? credentials.text : null
}

/** What changes whenever the login in a store does; null: none there; undefined: not to be read. */
export function stampOf({ source, credentials, state }: Seen): string | null | undefined {
  if (credentials.kind === "unreadable" || state.kind === "unreadable") return undefined
  if (credentials.kind === "absent") return null
  // A running Claude rewrites the rest of its app state all the time.
  const account = state.kind === "text" ? state.account : null
  return sha256(JSON.stringify([source, credentials.text, account]))
}

/** The name of a Keychain item for people, and in lists of what was written. */
export function itemName({ service }: KeychainItem): string {
  return `the Keychain item "${service}"`
}

function fromFile(found: FileText, file: string): CredentialsSeen {
  if (found.kind === "absent") return found
  if (found.kind === "unreadable") return unreadable(file, `can't be read (${found.why})`)
  return credentialsIn(found.text, found.mode, file)
}

function fromItem(found: Exclude<ItemRead, { kind: "none" }>, item: KeychainItem): CredentialsSeen {
  if (found.kind === "text") return credentialsIn(found.text, null, itemName(item))
  const locked = found.kind === "locked"
  return {
    kind: "unreadable",
    problem: {
      code: locked ? "claude_keychain_locked" : "claude_keychain_unreadable",
      message: locked
        ? `the Keychain is locked, so ${itemName(item)} can't be read`
        : `${itemName(item)} can't be read (${found.why})`,
      hint: locked
        ? "unlock it (security unlock-keychain), or run aim in a session at the machine, not over SSH"
        : "see whether `security find-generic-password` works here, then run the command again",
    },
  }
}

function credentialsIn(text: string, mode: number | null, place: string): CredentialsSeen {
  const found = oauthIn(text, place)
  return found.kind === "unreadable" ? found : { kind: "text", text, mode, oauth: found.oauth }
}

function stateOf(found: FileText, file: string): StateSeen {
  if (found.kind === "absent") return found
  if (found.kind === "unreadable")
    return unreadable(file, `can't be read (${found.why})`, STATE_UNREADABLE)
  const { text, mode } = found
  const parsed = accountIn(text, file)
  if (parsed.kind === "unreadable")
    return { ...parsed, problem: { ...parsed.problem, code: STATE_UNREADABLE } }
  return { kind: "text", text, mode, account: parsed.account, flags: parsed.flags }
}
