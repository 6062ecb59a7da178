import {
  closeSync,
  constants,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
} from "node:fs"
import * as fs from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { errnoOf, fail } from "./errors.ts"
import { faultPoint } from "./faults.ts"
import { giveFile, giveNew, ownerFor } from "./owner.ts"
import { randomHex } from "./random.ts"
import { uncut } from "./signals.ts"

const PRIVATE = 0o600
/** Between a file's name and a random end: the name of a temp file that {@link writeAtomic} makes. */
export const TEMP_MARK = ".aim-tmp-"

/** New bytes of a file that are on the disk beside it, and not yet in its place. */
export type StagedFile = {
  /** Puts them in its place, and makes that durable. */
  place(): Promise<void>
  /** Removes them. */
  drop(): Promise<void>
}

/**
 * The one way aim writes a file: a temp file beside the target (0600 from creation), fsync,
 * rename, fsync of the folder. A `kill -9` at any instant leaves the old or the new file. A
 * symlink stays one: its target is replaced. The result is 0600 unless `mode` says otherwise, and
 * its owner stays, or is the folder's (see owner.ts).
 * With `room` it goes into the room that {@link reserveRoom} has made, if there is one.
 * Errors are the system's own (`ENOSPC`, `EACCES` …), and the temp file is gone then.
 */
export function writeAtomic(
  path: string,
  data: string | Uint8Array,
  options: { mode?: number; room?: boolean } = {},
): Promise<void> {
  return uncut(async () => {
    const staged = await stageFile(path, data, options)
    await staged.place()
  })
}

/**
 * The first half of {@link writeAtomic}, for several files of which all or none must change: what
 * can go wrong on the disk does so here.
 */
export async function stageFile(
  path: string,
  data: string | Uint8Array,
  options: { mode?: number; room?: boolean } = {},
): Promise<StagedFile> {
  const target = await resolveLinks(path)
  refuseNoFile(target)
  const room = options.room === true && (await isThere(roomOf(target)))
  const temp = room ? roomOf(target) : tempOf(target, randomHex(6))
  const drop = () => fs.rm(temp, { force: true })
  faultPoint("write:begin", target)
  try {
    const file = await fs.open(temp, room ? "r+" : "wx", PRIVATE)
    try {
      giveFile(file.fd, ownerFor(target))
      faultPoint("write:created", target)
      await file.writeFile(data)
      if (room) await file.truncate(Buffer.byteLength(data))
      faultPoint("write:filled", target)
      if (options.mode !== undefined && options.mode !== PRIVATE) await file.chmod(options.mode)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await drop()
    throw error
  }
  faultPoint("write:synced", target)
  return { place: () => place(temp, target), drop }
}

/** A device or a pipe behind a link (`/dev/null`, say) would be gone after the rename. */
function refuseNoFile(target: string): void {
  const found = statSync(target, { throwIfNoEntry: false })
  if (found === undefined || found.isFile() || found.isDirectory()) return
  fail(
    "not_a_file",
    `${target} is a device or a pipe, not a file`,
    "nothing was written; name a file, or remove the link that leads there",
  )
}

async function place(temp: string, target: string): Promise<void> {
  try {
    await fs.rename(temp, target)
  } catch (error) {
    await fs.rm(temp, { force: true })
    throw error
  }
  faultPoint("write:renamed", target)
  await syncFolder(dirname(target))
  faultPoint("write:done", target)
}

/**
 * Takes `bytes` of the disk for the next {@link writeAtomic} of `path` with `room`, so that a disk
 * that fills up meanwhile does not stop it. The room is a temp file like any other: swept if unused.
 */
export async function reserveRoom(path: string, bytes: number): Promise<void> {
  const target = await resolveLinks(path)
  const room = roomOf(target)
  faultPoint("room:begin", target)
  try {
    const file = await fs.open(room, "w", PRIVATE)
    try {
      giveFile(file.fd, ownerFor(target))
      faultPoint("room:created", target)
      await file.writeFile(" ".repeat(bytes))
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await fs.rm(room, { force: true })
    throw error
  }
  faultPoint("room:done", target)
}

/** Removes a file (no error when it is gone) and makes that durable. */
export async function removeFile(path: string): Promise<void> {
  faultPoint("remove:begin", path)
  try {
    await fs.unlink(path)
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error
    return
  }
  faultPoint("remove:unlinked", path)
  await syncFolder(dirname(path))
  faultPoint("remove:done", path)
}

/** Makes a folder (and its parents) 0700; an existing one is tightened to 0700. */
export async function ensurePrivateDir(folder: string): Promise<void> {
  try {
    const stat = await fs.stat(folder)
    if ((stat.mode & 0o077) === 0) return
    faultPoint("chmod", folder)
    await fs.chmod(folder, 0o700)
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error
    faultPoint("mkdir", folder)
    await makeFolders(folder, 0o700)
  }
}

/** Makes a folder and its parents, as private as the umask says; one that is there stays as it is. */
export async function ensureFolder(folder: string): Promise<void> {
  faultPoint("mkdir", folder)
  await makeFolders(folder)
}

async function makeFolders(folder: string, mode?: number): Promise<void> {
  const path = resolve(folder)
  const first = await fs.mkdir(path, { recursive: true, mode })
  if (first !== undefined) giveNew(first, path)
}

/** Makes an empty 0600 file if nothing stands there, for SQLite, which would follow the umask. */
export function createPrivateFile(path: string): void {
  try {
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR
    const owner = ownerFor(path)
    const file = openSync(path, flags, PRIVATE)
    giveFile(file, owner)
    closeSync(file)
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error
  }
}

/** True for a file of bytes, symlinks followed; false for a folder, a pipe, a device. */
export function isRegularFile(path: string): boolean {
  return statSync(path).isFile()
}

/** Renames a file out of the way; gives its new name, or null when there was none. */
export function setAside(path: string, suffix: string): string | null {
  const aside = `${path}.${suffix}`
  try {
    faultPoint("aside:begin", path)
    renameSync(path, aside)
    faultPoint("aside:renamed", aside)
    return aside
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null
    throw error
  }
}

/** True when something stands at this path that can be looked at. */
export async function fileExists(path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  )
}

/** True when a folder, or a link to one, stands at this path. */
export async function folderExists(path: string): Promise<boolean> {
  return fs.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** The names in a folder, sorted; none when it is not there. */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === "ENOENT" || errno === "ENOTDIR") return []
    throw error
  }
}

/** The real path behind `path`, following symlinks even when the last one points nowhere yet. */
export async function resolveLinks(path: string, hops = 0): Promise<string> {
  const absolute = resolve(path)
  try {
    return realpathSync.native(absolute)
  } catch (error) {
    if (errnoOf(error) !== "ENOENT" || hops > 40) throw error
  }
  const folder = dirname(absolute)
  const parent = folder === absolute ? absolute : await resolveLinks(folder, hops + 1)
  const link = await fs.readlink(join(parent, basename(absolute))).catch(() => null)
  return link === null
    ? join(parent, basename(absolute))
    : resolveLinks(resolve(parent, link), hops + 1)
}

/** Brings a folder's names, or a file's bytes, to disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function tempOf(target: string, end: string): string {
  return join(dirname(target), `.${basename(target)}${TEMP_MARK}${end}`)
}

function roomOf(target: string): string {
  return tempOf(target, "room")
}

async function isThere(path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  )
}
