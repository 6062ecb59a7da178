import { chmod, cp, lstat, mkdir, rename, rm } from "node:fs/promises"
import { basename, dirname } from "node:path"
import { faultPoint } from "./faults.ts"
import { fileExists, syncFolder, TEMP_MARK } from "./files.ts"

/**
 * Copies a folder to a place where nothing is yet, all or nothing: it is built beside the target and
 * gets its name (0700) at the end, so that what a kill leaves is never taken for the copy. `wanted`
 * says by base name what is copied; links, sockets and pipes are left out. Errors are the system's.
 */
export async function copyTree(
  from: string,
  to: string,
  wanted: (name: string) => boolean,
): Promise<void> {
  const half = `${to}${TEMP_MARK}copy`
  faultPoint("copy:begin", to)
  await rm(half, { recursive: true, force: true })
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await cp(from, half, {
      recursive: true,
      filter: async (source) => {
        const isRoot = source === from
        if (!isRoot && !wanted(basename(source))) return false
        const found = await lstat(source)
        return isRoot || found.isFile() || found.isDirectory()
      },
    })
    await chmod(half, 0o700)
    faultPoint("copy:filled", to)
    await rename(half, to)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw error
  }
  await syncFolder(dirname(to))
  faultPoint("copy:done", to)
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
