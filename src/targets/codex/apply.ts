import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { fail } from "../../system/errors.ts"
import { credentialOf, LOG_IN_AGAIN } from "../chatgpt-login.ts"
import { isOpenToOthers, readLoginFile, stampOf, writeLoginFile } from "../login-file.ts"
import type { Applied } from "../target.ts"
import { parseAuthFile } from "./auth-file.ts"
import { mergedAuth, newAuth } from "./compose.ts"

/**
 * Writes the record's login into a Codex home, under the locks that the caller holds, if the
 * file still has `expectedStamp` (null: no file). A home that is not there is made 0700; a file
 * that others may read is tightened to 0600 even if its content is right already.
 */
export async function applyRecord(
  store: Store,
  record: JsonObject,
  expectedStamp: string | null,
  now: number,
): Promise<Applied> {
  const credential = credentialOf(record, "codex")
  const found = await readLoginFile(store)
  if (stampOf(found) !== expectedStamp) return { kind: "moved" }
  if (found.kind !== "text") return write(store, newAuth(credential, now))
  const parsed = parseAuthFile(found.text, store.file)
  if (parsed.kind === "unreadable") return { kind: "moved" }
  const text = mergedAuth(credential, { text: found.text, auth: parsed.auth }, now)
  if (text !== null) return write(store, text)
  return isOpenToOthers(found.mode) ? write(store, found.text) : { kind: "applied", changed: [] }
}

function write(store: Store, text: string): Promise<Applied> {
  refuseUnusable(text, store.file)
  return writeLoginFile(store, text)
}

/** A record from elsewhere may hold keys that make Codex refuse the whole file: never written. */
function refuseUnusable(text: string, file: string): void {
  const parsed = parseAuthFile(text, file)
  if (parsed.kind === "auth") return
  fail(
    "codex_login_unusable",
    `with the stored login ${parsed.problem.message}; nothing was written`,
    LOG_IN_AGAIN,
  )
}
