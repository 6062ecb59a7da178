import { chmod, cp, lstat, readdir, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { faultPoint } from "./faults.ts"
import { ensurePrivateDir, fileExists, syncFolder, TEMP_MARK } from "./files.ts"
import { giveTree } from "./owner.ts"

/** What a copy takes along by base name, and a small file that it gets besides. */
export type CopyRules = {
  wanted: (name: string) => boolean
  mark: { name: string; text: string }
}

/**
 * Copies a folder to a place where nothing is yet, all or nothing: it is built beside the target,
 * brought to disk, and gets its name (0700) at the end, so that what a kill leaves is never taken
 * for the copy. Links, sockets and pipes are left out. Only one may copy to a place at a time.
 * Errors are the system's, and nothing half stays then.
 */
export async function copyTree(from: string, to: string, rules: CopyRules): Promise<void> {
  const half = halfOf(to)
  faultPoint("copy:begin", to)
  await rm(half, { recursive: true, force: true })
  await ensurePrivateDir(dirname(to))
  try {
    await cp(from, half, {
      recursive: true,
      filter: async (source, target) => {
        const isRoot = source === from
        if (!isRoot && !rules.wanted(basename(source))) return false
        const found = await lstat(source)
        if (!isRoot && !found.isFile() && !found.isDirectory()) return false
        faultPoint("copy:entry", `${to}${target.slice(half.length)}`)
        return true
      },
    })
    await writeFile(join(half, rules.mark.name), rules.mark.text, { mode: 0o600 })
    await chmod(half, 0o700)
    giveTree(half)
    faultPoint("copy:filled", join(to, rules.mark.name))
    await syncTree(half)
    faultPoint("copy:synced", to)
    await rename(half, to)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw error
  }
  faultPoint("copy:renamed", to)
  await syncFolder(dirname(to))
  faultPoint("copy:done", to)
}

/** Takes away what a killed {@link copyTree} to that place has left. */
export async function removeHalfCopy(to: string): Promise<void> {
  const half = halfOf(to)
  if (!(await fileExists(half))) return
  faultPoint("half:begin", half)
  await rm(half, { recursive: true, force: true })
  faultPoint("half:done", half)
}

function halfOf(to: string): string {
  return `${to}${TEMP_MARK}copy`
}

/** Files first: a name on disk must not come before what it names. */
async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await syncTree(path)
    else await syncFolder(path)
  }
  await syncFolder(folder)
}

/** Gives a folder another name, if it is there and the name is free; true when it was done. */
export async function moveFolder(from: string, to: string): Promise<boolean> {
  if (!(await fileExists(from)) || (await fileExists(to))) return false
  faultPoint("move:begin", to)
  await rename(from, to)
  await syncFolder(dirname(to))
  faultPoint("move:done", to)
  return true
}
