import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { credentialOf } from "../chatgpt-login.ts"
import { isOpenToOthers, readLoginFile, stampOf, writeLoginFile } from "../login-file.ts"
import type { Applied } from "../target.ts"
import { parseAuthFile } from "./auth-file.ts"
import { refuseLostLock } from "./client-locks.ts"
import { mergedAuth, newAuth } from "./entry.ts"

/**
 * Writes the record's login into a Pi home, under the lock that the caller holds, if the file still
 * has `expectedStamp` (null: no file). A home that is not there is made 0700; a file that others
 * may read is tightened to 0600 even if its content is right already.
 */
export async function applyRecord(
  store: Store,
  record: JsonObject,
  expectedStamp: string | null,
): Promise<Applied> {
  const credential = credentialOf(record, "pi")
  const found = await readLoginFile(store)
  if (stampOf(found) !== expectedStamp) return { kind: "moved" }
  await refuseLostLock(store)
  if (found.kind !== "text") return writeLoginFile(store, newAuth(credential))
  const parsed = parseAuthFile(found.text, store.file)
  if (parsed.kind === "unreadable") return { kind: "moved" }
  const text = mergedAuth(credential, found.text, parsed.entry)
  if (text !== null) return writeLoginFile(store, text)
  return isOpenToOthers(found.mode)
    ? writeLoginFile(store, found.text)
    : { kind: "applied", changed: [] }
}
