import { dirname } from "node:path"
import { copyTree, moveFolder } from "../system/copy-tree.ts"
import { fail } from "../system/errors.ts"
import { ensurePrivateDir, fileExists } from "../system/files.ts"

/** What a running browser holds, and what belongs to the machine that the profile comes from. */
const LEFT_OUT =
  /^(Singleton(Lock|Socket|Cookie)|DevToolsActivePort|lockfile|LOCK|.*\.lock|.*\.sock)$/

/** Where a label's own profile lies: below the state file's folder (the reference's own place). */
export function aimProfileDir(stateDir: string, label: string): string {
  return `${stateDir}/browser/${label}/user-data`
}

/** Makes the label's own profile folder (0700) if none is there. */
export function ensureAimProfile(dir: string): Promise<void> {
  return ensurePrivateDir(dir)
}

/**
 * Copies an OpenClaw browser profile to the label's own place, once: one that is there stays.
 * Gives true when it was copied. Stops with `no_such_profile`.
 */
export async function seedAimProfile(openclaw: string, id: string, dir: string): Promise<boolean> {
  const from = `${openclaw}/browser/${id}/user-data`
  if (await fileExists(dir)) return false
  if (!(await fileExists(from)))
    return fail(
      "no_such_profile",
      `there is no OpenClaw browser profile at ${from}`,
      "aim browser list <label> shows those that there are",
    )
  await ensurePrivateDir(dirname(dir))
  await copyTree(from, dir, (name) => !LEFT_OUT.test(name))
  return true
}

/** The own profile of a label that has a new name now goes with it. */
export function renameAimProfile(stateDir: string, label: string, to: string): Promise<boolean> {
  const home = (name: string) => dirname(aimProfileDir(stateDir, name))
  return moveFolder(home(label), home(to))
}
