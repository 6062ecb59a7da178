import { setAside } from "../../domain/shell-word.ts"
import type { Store } from "../../domain/store.ts"
import { fail } from "../../system/errors.ts"
import { fileExists, removeFile, writeAtomic } from "../../system/files.ts"
import { readText } from "../../system/read-file.ts"
import { ensureFolder } from "../client-folder.ts"
import { oauthIn } from "./client-files.ts"
import { deleteItem, type KeychainItem, writeItem } from "./keychain.ts"
import { itemName, LARGEST_CREDENTIALS, type Seen } from "./look.ts"

/**
 * Puts a credentials text where Claude Code reads it first, by its own rules (2.1.329): into the
 * item, and away with a file that no item stood before; where the item can't be written, into the
 * file, and away with the item. A locked Keychain changes nothing. Gives what was written.
 */
export async function putInKeychain(
  store: Store,
  item: KeychainItem,
  seen: Seen,
  text: string,
): Promise<string[]> {
  const written = await writeItem(item, text)
  if (written.kind === "locked")
    return fail(
      "claude_keychain_locked",
      `the Keychain is locked, so ${itemName(item)} can't be written; nothing was written`,
      "unlock it (security unlock-keychain), or run aim in a session at the machine, not over SSH",
    )
  if (written.kind === "written") {
    if (seen.item === "none" && (await fileExists(store.file))) await removeFile(store.file)
    return [itemName(item)]
  }
  await refuseOtherLogin(store, item, seen, text)
  await ensureFolder(store.realHome)
  await writeAtomic(store.file, text)
  if (await deleteItem(item)) return [store.file]
  const why = written.kind === "too_long" ? "it is too long to hand over" : written.why
  return fail(
    "claude_keychain_stuck",
    `${itemName(item)} could neither be written (${why}) nor removed, so Claude Code still uses the login in it`,
    "open Keychain Access and delete the item; the new login is in the file already, then run the command again",
  )
}

/** Takes a login out of the item: `rest` stays in it, and without any the item goes too. */
export async function takeFromKeychain(item: KeychainItem, rest: string | null): Promise<string[]> {
  const done = rest === null ? await deleteItem(item) : await isWritten(item, rest)
  if (done) return [itemName(item)]
  return fail(
    "claude_keychain_stuck",
    `the login can't be taken out of ${itemName(item)}; nothing was changed`,
    "see whether the Keychain is unlocked (security unlock-keychain), then run the command again",
  )
}

async function isWritten(item: KeychainItem, text: string): Promise<boolean> {
  return (await writeItem(item, text)).kind === "written"
}

/**
 * Beside an item the file is read by nobody, aim neither: a login made over SSH, while the Keychain
 * was locked, may live in it alone.
 */
async function refuseOtherLogin(
  store: Store,
  item: KeychainItem,
  { source, credentials }: Seen,
  text: string,
): Promise<void> {
  if (source === "file") return
  const found = await readText(store.file, LARGEST_CREDENTIALS)
  if (found.kind === "absent") return
  const token = found.kind === "text" ? refreshTokenIn(found.text) : undefined
  const known = [credentials.kind === "text" ? credentials.text : "", text].map(refreshTokenIn)
  if (token === null || (token !== undefined && known.includes(token))) return
  fail(
    "claude_keychain_stuck",
    `${itemName(item)} can't be written, and ${store.file} beside it holds another login, which would be lost`,
    `keep that one first (move it away, or: ${setAside(store.file, "kept")}), then run the command again`,
  )
}

/** Null for a text without a login; undefined for one that nobody can read. */
function refreshTokenIn(text: string): string | null | undefined {
  const found = oauthIn(text, "")
  if (found.kind === "unreadable") return undefined
  const token = found.oauth?.refreshToken ?? found.oauth?.accessToken
  return typeof token === "string" && token.trim() !== "" ? token : null
}
