import type { Store } from "../../domain/store.ts"
import { fail } from "../../system/errors.ts"
import { fileExists, removeFile, writeAtomic } from "../../system/files.ts"
import { ensureFolder } from "../client-folder.ts"
import { deleteItem, type KeychainItem, writeItem } from "./keychain.ts"
import { itemName, type Seen } from "./look.ts"

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
