import { statSync } from "node:fs"
import { dirname } from "node:path"
import { errnoOf } from "./errors.ts"
import { realPath } from "./real-path.ts"

/** What stands at a path, symlinks followed. */
export type Standing = "nothing" | "file" | "other"

const [READ, WRITE, ENTER] = [0o4, 0o2, 0o1]

/** What stands there; errors of the way to it are the system's own. */
export function standingAt(path: string): Standing {
  try {
    return statSync(path).isFile() ? "file" : "other"
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return "nothing"
    throw error
  }
}

/**
 * The folder or file at which other users of this machine could get at a file that is written to
 * `path`: a folder that they can list or write, the link's own and the one behind it, or a file that
 * they can read there now. Null where there is none. They reach only what lies below folders that
 * all of them may enter; access lists beside the mode bits are not looked at.
 */
export function exposedBy(path: string): string | null {
  const real = realPath(path)
  for (const folder of new Set([realPath(dirname(path)), dirname(real)]))
    if (others(folder) & READ || (others(folder) & (WRITE | ENTER)) === (WRITE | ENTER))
      if (isReached(folder)) return folder
  const readable = standingAt(real) !== "nothing" && (others(real) & READ) !== 0
  return readable && isReached(real) ? real : null
}

/** True when others may enter every folder above. */
function isReached(path: string): boolean {
  const folder = dirname(path)
  if (folder === path) return true
  return (others(folder) & ENTER) !== 0 && isReached(folder)
}

/** What the mode bits let those do who are neither the owner nor of the group. */
function others(path: string): number {
  return statSync(path).mode & 0o7
}
