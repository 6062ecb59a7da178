import { type BigIntStats, lstatSync, mkdirSync, utimesSync } from "node:fs"
import { now } from "./clock.ts"
import { clearDeadRecords, recordLock } from "./dir-lock-record.ts"
import { errnoOf } from "./errors.ts"
import { faultPoint } from "./faults.ts"
import { isLeftAlone, markOf, removeFolder } from "./lock-folder.ts"
import { giveNew } from "./owner.ts"
import { beforeEnd } from "./signals.ts"
import { SECOND } from "./time.ts"

/**
 * A lock that is a folder, as the npm package proper-lockfile makes them (Claude Code, Pi): `mkdir`
 * takes it, `utimes` keeps it, `rmdir` lets it go, and one that nobody has touched for `staleMs` is
 * anybody's.
 */
export type DirLock = {
  path: string
  staleMs: number
  /**
   * A stale one is not taken over before it has been seen to be left alone for so long: its holder
   * may have slept with the machine in the middle of what nobody else may do then, a token POST.
   */
  watchMs?: number
}

/** A lock that this process holds, until `release`. */
export type HeldDirLock = { path: string; release(): void }

/** `lost`: another program has taken the lock over. */
type Kept = { mark: BigIntStats; timer: ReturnType<typeof setInterval>; lost: boolean }

/** Every client takes a lock whose holder has not touched it for 10 s or more: half of that at most. */
const TOUCH_MS = 4 * SECOND

const kept = new Map<string, Kept>()

/**
 * Takes the lock if it is free, stale, or another aim's that has died, and touches it until it is
 * released; null when somebody holds it. What aim holds is recorded in the folder `records`, so that
 * the next aim removes at once what a killed one has left. Errors are the system's own.
 */
export async function takeDirLock(lock: DirLock, records: string): Promise<HeldDirLock | null> {
  const { path } = lock
  await clearDeadRecords(records, path)
  await clearStale(lock)
  if (markOf(path) !== null) return null
  const record = await recordLock(records, path)
  faultPoint("dirlock:recorded", path)
  if (!makeFolder(path, record.remove)) return null
  faultPoint("dirlock:made", path)
  const mark = lstatSync(path, { bigint: true })
  record.made(mark)
  faultPoint("dirlock:held", path)
  const holding: Kept = {
    mark,
    timer: setInterval(() => touch(path, holding), TOUCH_MS),
    lost: false,
  }
  kept.set(path, holding)
  const letGo = () => release(path, holding, record.remove)
  const ended = beforeEnd(letGo)
  return {
    path,
    release: () => {
      ended()
      letGo()
    },
  }
}

/** True while somebody holds the lock, so that taking it would give null; nothing is taken. */
export async function isDirLockHeld({ path, staleMs }: DirLock, records: string): Promise<boolean> {
  await clearDeadRecords(records, path)
  const mark = markOf(path)
  return mark !== null && Math.abs(ageOf(mark)) <= staleMs
}

/** True when this process took the lock and another has taken it over since. */
export function isDirLockLost(path: string): boolean {
  const holding = kept.get(path)
  return holding !== undefined && !isOurs(path, holding)
}

/** A folder that can't be removed goes stale by itself; what was done under the lock is done. */
function release(path: string, holding: Kept, forget: () => void): void {
  clearInterval(holding.timer)
  if (kept.get(path) === holding) kept.delete(path)
  try {
    if (isOurs(path, holding)) removeFolder(path)
  } catch (error) {
    if (errnoOf(error) === null) throw error
  }
  faultPoint("dirlock:released", path)
  forget()
}

function touch(path: string, holding: Kept): void {
  try {
    if (!isOurs(path, holding)) return
    const at = new Date(now())
    utimesSync(path, at, at)
    holding.mark = lstatSync(path, { bigint: true })
  } catch {
    holding.lost = true
  }
}

/** Somebody who takes a lock over makes a folder of his own, and whoever touches one sets its time. */
function isOurs(path: string, holding: Kept): boolean {
  if (holding.lost) return false
  const mark = markOf(path)
  const { ino, birthtimeNs, mtimeNs } = holding.mark
  const ours =
    mark !== null &&
    mark.ino === ino &&
    mark.birthtimeNs === birthtimeNs &&
    mark.mtimeNs === mtimeNs
  if (!ours) holding.lost = true
  return ours
}

/** One that was touched in a time to come is of before the clock was set back, and watched as well. */
async function clearStale({ path, staleMs, watchMs }: DirLock): Promise<void> {
  const mark = markOf(path)
  if (mark === null || Math.abs(ageOf(mark)) <= staleMs) return
  const isWatched = mark.isDirectory() && (watchMs !== undefined || ageOf(mark) < 0)
  if (!isWatched || (await isLeftAlone(path, mark, watchMs))) removeFolder(path)
}

/** How long ago the lock was touched, ms; negative for a time to come. */
function ageOf({ mtimeMs }: BigIntStats): number {
  return now() - Number(mtimeMs)
}

function makeFolder(path: string, undo: () => void): boolean {
  try {
    mkdirSync(path)
    giveNew(path, path)
    return true
  } catch (error) {
    undo()
    if (errnoOf(error) === "EEXIST") return false
    throw error
  }
}
