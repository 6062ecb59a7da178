import { basename, dirname, join } from "node:path"
import { listNames, setAside } from "../system/files.ts"
import { type At, noteNames, readNote } from "./inflight-files.ts"

const ASIDE = /\.json\.broken-\d+(-\d+)?$/

/**
 * Files that aim can't read as posts: damaged ones, and those set aside before. They may hold a
 * login, so aim never deletes them; they are for the operator to look at. Changes nothing.
 */
export async function brokenInflight(vault: At): Promise<string[]> {
  const folder = vault.paths.inflight
  const broken = (await listNames(folder)).filter((name) => ASIDE.test(name))
  for (const name of await noteNames(vault))
    if ((await readNote(join(folder, name))) === null) broken.push(name)
  return broken.sort().map((name) => join(folder, name))
}

/** Renames a file that can't be read as a post, if one stands there, to a name nothing bears. */
export async function setDamagedAside(file: string, at: number): Promise<void> {
  if ((await readNote(file)) === null) await asideUnder(file, at)
}

/** Renames what stands there, if anything, to a name that nothing bears. */
async function asideUnder(file: string, at: number): Promise<void> {
  const taken = await listNames(dirname(file))
  let suffix = `broken-${at}`
  for (let n = 2; taken.includes(`${basename(file)}.${suffix}`); n++) suffix = `broken-${at}-${n}`
  setAside(file, suffix)
}
