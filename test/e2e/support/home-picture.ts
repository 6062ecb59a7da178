import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"

/** What stands below a folder: by path the mode and, of a file, the hash of its bytes. */
export type Picture = Map<string, string>

/** SQLite writes its own files past aim's one write function: killed by time instead. */
const SQLITE = /\/\.aimgr\/(ledger\.db[^/]*|locks\/[^/]+\.db(-\w+)?)$/

/** Takes the picture of a home; the ledger's and the locks' files are left out. */
export async function pictureOf(home: string): Promise<Picture> {
  const picture: Picture = new Map()
  for (const path of await everythingBelow(home)) {
    if (SQLITE.test(path)) continue
    const { mode } = await stat(path)
    const kind = (mode & 0o170000) === 0o040000 ? "folder" : hashOf(await readFile(path))
    picture.set(path, `${(mode & 0o7777).toString(8)} ${kind}`)
  }
  return picture
}

/** The paths that were made, changed or removed between two pictures. */
export function differences(before: Picture, after: Picture): string[] {
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort()
}

/** The files below a folder, absolute. */
export async function filesBelow(home: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name))
  }
  return found.sort()
}

async function everythingBelow(home: string): Promise<string[]> {
  const names = await readdir(home, { recursive: true })
  return names.map((name) => join(home, name)).sort()
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}
