import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { errnoOf, fail } from "./errors.ts"

/** Makes an empty 0700 folder below the system's temp folder and gives its real path. */
export function makeTempDir(prefix: string): string {
  try {
    return realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    return fail(
      "no_temp_dir",
      `no folder can be made in ${tmpdir()} (${errno})`,
      "set TMPDIR to a folder that you can write to",
    )
  }
}

/** Deletes a folder that {@link makeTempDir} made, with all that is in it. */
export function removeTempDir(path: string): void {
  rmSync(path, { recursive: true, force: true })
}
