import { dirname } from "node:path"
import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { errnoOf, fail } from "../../system/errors.ts"
import { resolveLinks, writeAtomic } from "../../system/files.ts"
import type { FileText } from "../../system/read-file.ts"
import { sweepTemps } from "../../system/temps.ts"
import { ensureFolder } from "../client-folder.ts"
import type { Applied } from "../target.ts"
import { parseAuthFile } from "./auth-file.ts"
import { mergedAuth, newAuth } from "./compose.ts"
import { readAuthText } from "./read.ts"
import { credentialOf, LOG_IN_AGAIN } from "./record.ts"

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
  const credential = credentialOf(record)
  const found = await readAuthText(store)
  if (stampOf(found) !== expectedStamp) return { kind: "moved" }
  if (found.kind !== "text") return write(store, newAuth(credential, now))
  const parsed = parseAuthFile(found.text, store.file)
  if (parsed.kind === "unreadable") return { kind: "moved" }
  const text = mergedAuth(credential, { text: found.text, auth: parsed.auth }, now)
  if (text !== null) return write(store, text)
  return isOpenToOthers(found.mode) ? write(store, found.text) : { kind: "applied", changed: [] }
}

async function write(store: Store, text: string): Promise<Applied> {
  refuseUnusable(text, store.file)
  try {
    const target = await resolveLinks(store.file)
    await ensureFolder(dirname(target))
    await sweepTemps(store.file)
    await writeAtomic(store.file, text)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    fail(
      "codex_target_write_failed",
      `${store.file} can't be written (${errno})`,
      "nothing was changed; check the folder's permissions and the disk, then run the command again",
    )
  }
  return { kind: "applied", changed: [store.file] }
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

/** What a stamp is compared with: undefined never equals one, so that nothing is written. */
function stampOf(found: FileText): string | null | undefined {
  if (found.kind === "absent") return null
  return found.kind === "text" ? found.stamp : undefined
}

function isOpenToOthers(mode: number): boolean {
  return (mode & 0o077) !== 0
}
