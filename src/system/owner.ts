import { fchownSync, fstatSync, lchownSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { errnoOf } from "./errors.ts"

/** Whose a file is, as the system counts users and groups. */
export type Owner = { uid: number; gid: number }

/**
 * Whose a file at `path` is to be: a file there keeps its owner, and a new one of root's (`sudo aim`
 * in somebody's home) is of whoever has the folder, who could not use it otherwise. Any other user
 * can keep a file's group alone. Null where nothing is to be done about it.
 */
export function ownerFor(path: string): Owner | null {
  const uid = process.geteuid?.() ?? 0
  const there = ownerOf(path)
  if (uid !== 0) return there === null ? null : { uid, gid: there.gid }
  return there ?? ownerOf(dirname(path))
}

/** Gives an open file to its owner; where the system does not allow that, it stays as it is. */
export function giveFile(file: number, owner: Owner | null): void {
  if (owner === null) return
  const { uid, gid } = fstatSync(file)
  if (uid !== owner.uid || gid !== owner.gid) quietly(() => fchownSync(file, owner.uid, owner.gid))
}

/** Gives what was just made to whoever has the folder above: from `first` down to `last`. */
export function giveNew(first: string, last: string): void {
  const owner = process.geteuid?.() === 0 ? ownerOf(dirname(first)) : null
  if (owner === null || owner.uid === 0) return
  for (let folder = last; folder.length >= first.length; folder = dirname(folder))
    quietly(() => lchownSync(folder, owner.uid, owner.gid))
}

/** Gives a folder that was just made, with all that is in it, to whoever has the one above. */
export function giveTree(folder: string): void {
  giveNew(folder, folder)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTree(path)
    else giveNew(path, path)
  }
}

function ownerOf(path: string): Owner | null {
  try {
    const { uid, gid } = statSync(path)
    return { uid, gid }
  } catch (error) {
    if (errnoOf(error) === null) throw error
    return null
  }
}

function quietly(give: () => void): void {
  try {
    give()
  } catch (error) {
    if (errnoOf(error) === null) throw error
  }
}
