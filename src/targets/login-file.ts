import { dirname } from "node:path"
import { setAside } from "../domain/shell-word.ts"
import type { Store } from "../domain/store.ts"
import { errnoOf, fail, type Problem } from "../system/errors.ts"
import { removeFile, resolveLinks, writeAtomic } from "../system/files.ts"
import { type FileText, readText } from "../system/read-file.ts"
import { sweepTemps } from "../system/temps.ts"
import { ensureFolder } from "./client-folder.ts"
import type { Applied } from "./target.ts"

export type Unreadable = { kind: "unreadable"; problem: Problem }

/** A file with a login in it is a few kilobytes; a megabyte is something else. */
const LARGEST_BYTES = 1_048_576

/** A store's login file as it is, with its bytes' stamp and mode. */
export function readLoginFile(store: Store): Promise<FileText> {
  return readText(store.file, LARGEST_BYTES)
}

/** What a stamp is compared with: undefined never equals one, so that nothing is written. */
export function stampOf(found: FileText): string | null | undefined {
  if (found.kind === "absent") return null
  return found.kind === "text" ? found.stamp : undefined
}

/** Others may read the file: a file that holds tokens is tightened to 0600. */
export function isOpenToOthers(mode: number): boolean {
  return (mode & 0o077) !== 0
}

/** Writes a store's login file whole, 0600; a home that is not there is made 0700. */
export function writeLoginFile(store: Store, text: string): Promise<Applied> {
  return changing(store, async () => {
    const target = await resolveLinks(store.file)
    await ensureFolder(dirname(target))
    await sweepTemps(store.file)
    await writeAtomic(store.file, text)
  })
}

/** Removes a store's login file, or the one that it links to; the link itself stays. */
export function removeLoginFile(store: Store): Promise<Applied> {
  return changing(store, async () => removeFile(await resolveLinks(store.file)))
}

async function changing(store: Store, work: () => Promise<void>): Promise<Applied> {
  try {
    await work()
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    fail(
      `${store.target}_target_write_failed`,
      `${store.file} can't be written (${errno})`,
      "nothing was changed; check the folder's permissions and the disk, then run the command again",
    )
  }
  return { kind: "applied", changed: [store.file] }
}

/** What is said of a login file that can't be taken as one. Quotes no text of it. */
export function unreadableFile(file: string, what: string, code: string): Unreadable {
  return {
    kind: "unreadable",
    problem: {
      code,
      message: `${file} ${what}`,
      hint: `aim leaves the file as it is; look at it, or set it aside (${setAside(file, "broken")}) and run the command again`,
    },
  }
}
