import { appendFileSync, type BigIntStats, readFileSync, rmSync } from "node:fs"
import { basename, join } from "node:path"
import { now } from "./clock.ts"
import { createPrivateFile, ensurePrivateDir, listNames } from "./files.ts"
import { sha256 } from "./hash.ts"
import { isLeftAlone, markOf, removeFolder } from "./lock-folder.ts"
import { bootId, isAlive, processStart } from "./processes.ts"
import { randomHex } from "./random.ts"

/** What an aim notes of a lock folder that it makes: who it is, and which folder. */
type LockRecord = {
  path: string
  pid: number
  start: number | null
  boot: string | null
  /** When it was about to make the folder, epoch ms. */
  at: number
  /** The folder's inode and time of birth; null until it was made. */
  made: { ino: string; birth: string } | null
}

/** A file's times come from a clock that may lag by one tick of the kernel. */
const TICK_MS = 20

/**
 * Notes that this process is about to make the lock folder `path`. The notes are worth something
 * only while this boot lasts, so they are not forced to the disk.
 */
export async function recordLock(records: string, path: string) {
  await ensurePrivateDir(records)
  const record: LockRecord = {
    path,
    pid: process.pid,
    start: await processStart(process.pid),
    boot: await bootId(),
    at: now(),
    made: null,
  }
  const file = join(records, `${prefixOf(path)}${process.pid}-${randomHex(4)}.json`)
  note(file, record)
  return {
    made: ({ ino, birthtimeNs }: BigIntStats) =>
      note(file, { made: { ino: String(ino), birth: String(birthtimeNs) } }),
    remove: () => rmSync(file, { force: true }),
  }
}

/** Removes the lock folder `path` where an aim made it that is dead, and what such aims noted of it. */
export async function clearDeadRecords(records: string, path: string): Promise<void> {
  const names = await listNames(records)
  for (const name of names.filter((each) => each.startsWith(prefixOf(path)))) {
    const file = join(records, name)
    const record = readRecord(file)
    if (record === null ? await isBeingWritten(name) : await isRunning(record)) continue
    if (record !== null && record.path === path && (await isLeftBy(record))) removeFolder(path)
    rmSync(file, { force: true })
  }
}

async function isRunning({ pid, start, boot }: LockRecord): Promise<boolean> {
  if (boot !== (await bootId())) return false
  return start === null ? (await processStart(pid)) !== null : isAlive(pid, start)
}

async function isBeingWritten(name: string): Promise<boolean> {
  const pid = Number(name.split("-").at(-2))
  return (await processStart(pid)) !== null
}

/**
 * Is the folder that stands there the one of this record? An aim that died right after making it
 * could not say which it was: it is then one made since that nobody touches.
 */
async function isLeftBy({ path, at, made }: LockRecord): Promise<boolean> {
  const mark = markOf(path)
  if (mark === null || mark.birthtimeNs === 0n) return false
  if (made !== null) return String(mark.ino) === made.ino && String(mark.birthtimeNs) === made.birth
  if (mark.birthtimeNs !== mark.mtimeNs || Number(mark.birthtimeMs) < at - TICK_MS) return false
  return isLeftAlone(path, mark)
}

/** One small write each, so that a reader sees all of it or nothing. */
function note(file: string, what: object): void {
  createPrivateFile(file)
  appendFileSync(file, `${JSON.stringify(what)}\n`)
}

/** The notes of one file, later ones over earlier ones; null when they are not whole. */
function readRecord(file: string): LockRecord | null {
  try {
    const lines = readFileSync(file, "utf8").trim().split("\n")
    const found: unknown = Object.assign({}, ...lines.map((line) => JSON.parse(line)))
    return isRecord(found) ? found : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is LockRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "at" in value &&
    typeof value.at === "number" &&
    "made" in value
  )
}

function prefixOf(path: string): string {
  return `dir-${basename(path).replace(/[^A-Za-z0-9]+/g, "")}-${sha256(path).slice(0, 16)}-`
}
