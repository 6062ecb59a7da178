import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const made: string[] = []

/** Removes what {@link tempFolder} has made so far; the preload `sweep.ts` calls it after each test file. */
export function removeTempFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** An empty folder, by its real path, that goes when the test file is done. */
export function tempFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `aim-${name}-`)))
  made.push(folder)
  return folder
}
