import { lstatSync, readdirSync, readFileSync } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { join } from "node:path"

/** One fsync: of which name in a folder (`.` the folder itself), and what its files held then. */
export type Sync = { of: string; files: Record<string, string> }

/**
 * Watches every fsync that this process makes on a folder or a file in it while `work` runs. The
 * runtime's own `sync` still does its work: it is only looked at. (Bun 1.4.5 makes it `fsync(2)`:
 * seen with strace.)
 */
export async function syncsIn(folder: string, work: () => Promise<unknown>): Promise<Sync[]> {
  const any = await open(folder, "r")
  const handles = Object.getPrototypeOf(any) as FileHandle
  await any.close()
  const real = handles.sync
  const seen: Sync[] = []
  handles.sync = async function (this: FileHandle) {
    const { ino } = await this.stat()
    const files = filesIn(folder)
    const of = [".", ...Object.keys(files)].find(
      (name) => lstatSync(join(folder, name)).ino === ino,
    )
    await real.call(this)
    if (of !== undefined) seen.push({ of, files })
  }
  try {
    await work()
  } finally {
    handles.sync = real
  }
  return seen
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    names.map(({ name }) => [name, readFileSync(join(folder, name), "utf8")] as const),
  )
}
