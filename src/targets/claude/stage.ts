import { dirname } from "node:path"
import type { Store } from "../../domain/store.ts"
import { AimError, errnoOf, fail } from "../../system/errors.ts"
import { resolveLinks, type StagedFile, stageFile } from "../../system/files.ts"
import { sweepTemps } from "../../system/temps.ts"
import { ensureFolder } from "../client-folder.ts"

/** The new bytes of one of Claude Code's files, on the disk beside it; see {@link stageFile}. */
export async function stage(path: string, text: string, mode: number): Promise<StagedFile> {
  const target = await resolveLinks(path)
  await ensureFolder(dirname(target))
  await sweepTemps(path)
  return stageFile(path, text, { mode })
}

/** What is said where not all of a store's files could be written; `changed` names those that were. */
export function writeFailed(store: Store, error: unknown, changed: readonly string[]): never {
  const errno = errnoOf(error)
  if (error instanceof AimError || errno === null) throw error
  return fail(
    "claude_target_write_failed",
    `the login of ${store.home} can't be written (${errno})`,
    changed.length === 0
      ? "nothing was changed; check the folder's permissions and the disk, then run the command again"
      : `only ${changed.join(", ")} was written; check the disk, then run the command again`,
  )
}
