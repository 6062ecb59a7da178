import { ensurePrivateDir } from "../system/files.ts"
import { readText } from "../system/read-file.ts"

/**
 * Makes a folder 0700 if nothing is there. One that is there keeps its mode: it is the client's.
 */
export async function ensureFolder(folder: string): Promise<void> {
  if ((await readText(folder, 0)).kind === "absent") await ensurePrivateDir(folder)
}
