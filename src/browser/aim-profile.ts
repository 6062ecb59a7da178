import { dirname } from "node:path"
import { copyTree, moveFolder, removeHalfCopy } from "../system/copy-tree.ts"
import { errnoOf, fail } from "../system/errors.ts"
import { ensurePrivateDir, fileExists, folderExists } from "../system/files.ts"
import { readText } from "../system/read-file.ts"

/** What a running browser holds, and what belongs to the machine that the profile comes from. */
const LEFT_OUT =
  /^(Singleton(Lock|Socket|Cookie)|DevToolsActivePort|lockfile|LOCK|.*\.lock|.*\.sock)$/

/** Says in a copy what it is a copy of, for a run after one that was killed. */
const SEED_MARK = "aim-seeded-from"

/** Where a label's own profile lies: below the state file's folder (the reference's own place). */
export function aimProfileDir(stateDir: string, label: string): string {
  return `${stateDir}/browser/${label}/user-data`
}

/** Makes the label's own profile folder (0700) if none is there. */
export function ensureAimProfile(dir: string): Promise<void> {
  return ensurePrivateDir(dir)
}

/** Takes away what a copy that was killed has left. The caller holds the label's lease. */
export function removeHalfSeed(dir: string): Promise<void> {
  return removeHalfCopy(dir)
}

/** What became of a seed: copied now, by an earlier run, or another profile was there already. */
export type Seeded = "now" | "before" | "other_there"

/**
 * Copies an OpenClaw browser profile to the label's own place, once: one that is there stays. The
 * caller holds the label's lease. Stops with `no_such_profile`, or `profile_unwritable`.
 */
export async function seedAimProfile(openclaw: string, id: string, dir: string): Promise<Seeded> {
  const from = `${openclaw}/browser/${id}/user-data`
  if (await fileExists(dir)) return (await seedOf(dir)) === id ? "before" : "other_there"
  if (!(await folderExists(from)))
    return fail(
      "no_such_profile",
      `there is no OpenClaw browser profile at ${from}`,
      "aim browser list <label> shows those that there are",
    )
  try {
    await ensurePrivateDir(dirname(dir))
    await copyTree(from, dir, {
      wanted: (name) => !LEFT_OUT.test(name),
      mark: { name: SEED_MARK, text: `${id}\n` },
    })
  } catch (error) {
    const why = errnoOf(error)
    if (why === null) throw error
    return fail(
      "profile_unwritable",
      `${from} could not be copied to ${dir} (${why}); nothing of it was kept`,
      "see that the disk has room and both folders can be used, then run it again",
    )
  }
  return "now"
}

/** The OpenClaw profile that this one began as; null where it did not. */
async function seedOf(dir: string): Promise<string | null> {
  const mark = await readText(`${dir}/${SEED_MARK}`, 1_024)
  return mark.kind === "text" ? mark.text.trim() : null
}

/** The own profile of a label that has a new name now goes with it. */
export function renameAimProfile(stateDir: string, label: string, to: string): Promise<boolean> {
  const home = (name: string) => dirname(aimProfileDir(stateDir, name))
  return moveFolder(home(label), home(to))
}
