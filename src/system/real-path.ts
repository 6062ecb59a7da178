import { readlinkSync, realpathSync } from "node:fs"
import { basename, dirname, join, relative, resolve } from "node:path"
import { errnoOf } from "./errors.ts"

const MAX_HOPS = 40

/** The real path behind `path`, following symlinks even when the last one points nowhere yet. */
export function realPath(path: string, hops = 0): string {
  const absolute = resolve(path)
  try {
    return realpathSync(absolute)
  } catch (error) {
    const errno = errnoOf(error)
    if ((errno !== "ENOENT" && errno !== "ENOTDIR") || hops > MAX_HOPS) return absolute
  }
  const folder = dirname(absolute)
  const parent = folder === absolute ? absolute : realPath(folder, hops + 1)
  const link = linkAt(join(parent, basename(absolute)))
  return link === null
    ? join(parent, basename(absolute))
    : realPath(resolve(parent, link), hops + 1)
}

/** True when `path` is `folder` or lies below it; both are real paths. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === "" || (way !== ".." && !way.startsWith("../"))
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}
