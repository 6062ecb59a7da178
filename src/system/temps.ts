import { basename, dirname, join } from "node:path"
import { listNames, removeFile, resolveLinks, TEMP_MARK } from "./files.ts"

/**
 * The temp files that a killed aim left of writing `path` or files whose names begin with its
 * name, such as its backups (see `writeAtomic`; a symlink is followed). Other files of the folder
 * may be in the making under other locks, so theirs are not among them.
 */
export async function tempsOf(path: string): Promise<string[]> {
  const target = await resolveLinks(path)
  const folder = dirname(target)
  const names = await listNames(folder)
  return names
    .filter((name) => name.startsWith(`.${basename(target)}.`) && name.includes(TEMP_MARK))
    .map((name) => join(folder, name))
}

/** Removes the temp files of one file; the caller holds the lock under which it is written. */
export async function sweepTemps(path: string): Promise<void> {
  for (const temp of await tempsOf(path)) await removeFile(temp)
}

/** Removes the temp files of a whole folder; the caller holds the lock of all that is written there. */
export async function sweepFolder(folder: string): Promise<void> {
  for (const name of await listNames(folder))
    if (name.startsWith(".") && name.includes(TEMP_MARK)) await removeFile(join(folder, name))
}
