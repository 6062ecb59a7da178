import { errnoOf, fail, isFull } from "../system/errors.ts"
import { ensurePrivateDir } from "../system/files.ts"
import { readText } from "../system/read-file.ts"

/**
 * Makes a folder 0700 if nothing is there. One that is there keeps its mode: it is the client's.
 * Stops with `client_folder_unusable` where it can't be made.
 */
export async function ensureFolder(folder: string): Promise<void> {
  if ((await readText(folder, 0)).kind !== "absent") return
  try {
    await ensurePrivateDir(folder)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    fail(
      "client_folder_unusable",
      `${folder} can't be made (${errno})`,
      isFull(errno)
        ? "nothing was changed; make room on the disk, then run the command again"
        : "nothing was changed; check the owner and permissions of the folders above it, then run the command again",
    )
  }
}
