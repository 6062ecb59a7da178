import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { now, sleep } from "./clock.ts"
import { errnoOf } from "./errors.ts"
import { holdLock } from "./locks.ts"
import { bootId, ownStart, processStart } from "./processes.ts"

/** A process that holds a lock, or held it last; since when it runs, epoch ms. */
export type Holder = { pid: number; startedAt: number }

/** What stands beside a lock: its holder, how the kernel tells it from a later one, and its end. */
type Note = Holder & { start: number | null; boot: string | null; endedAt: number | null }

/** The lock, to be given back with its `release`; or who has it instead, where that can be told. */
export type Taken = { held: true; release: () => void } | { held: false; by: Holder | null }

/** A holder notes itself right after it took the lock. */
const NOTED_WITHIN_MS = 500
const PAUSE_MS = 10

/**
 * Takes the lock `name` of the folder `locks` if nobody has it, with a note in `<name>.json` of who
 * this is: the lock file itself must never be opened by anybody else. With `since` (epoch ms), what
 * another process did under this lock and ended since then counts as if it still held it.
 */
export async function takeNoted(
  locks: string,
  name: string,
  since: number | null = null,
): Promise<Taken> {
  const file = join(locks, `${name}.json`)
  const lock = await holdLock(locks, name)
  if (lock === null) return { held: false, by: await holderBy(file) }
  const before = readNote(file)
  if (
    since !== null &&
    before !== null &&
    before.pid !== process.pid &&
    endedSince(before, since)
  ) {
    lock.release()
    return { held: false, by: holderOf(before) }
  }
  const note: Note = {
    pid: process.pid,
    startedAt: await ownStart(),
    start: await processStart(process.pid),
    boot: await bootId(),
    endedAt: null,
  }
  write(file, note)
  return {
    held: true,
    release: () => {
      write(file, { ...note, endedAt: now() })
      lock.release()
    },
  }
}

/** A clock that was set back meanwhile makes an end of the future, which says nothing. */
function endedSince({ endedAt }: Note, since: number): boolean {
  return endedAt !== null && endedAt >= since && endedAt <= now()
}

async function holderBy(file: string): Promise<Holder | null> {
  for (let waited = 0; waited <= NOTED_WITHIN_MS; waited += PAUSE_MS) {
    const note = readNote(file)
    if (note !== null && note.endedAt === null && (await isRunning(note))) return holderOf(note)
    await sleep(PAUSE_MS)
  }
  return null
}

async function isRunning({ pid, start, boot }: Note): Promise<boolean> {
  return boot === (await bootId()) && (await processStart(pid)) === start && start !== null
}

function holderOf({ pid, startedAt }: Note): Holder {
  return { pid, startedAt }
}

/** The note is a courtesy: a full disk must not keep the lock's holder from its work. */
function write(file: string, note: Note): void {
  try {
    writeFileSync(file, JSON.stringify(note), { mode: 0o600 })
  } catch (error) {
    if (errnoOf(error) === null) throw error
  }
}

function readNote(file: string): Note | null {
  try {
    const found: unknown = JSON.parse(readFileSync(file, "utf8"))
    return isNote(found) ? found : null
  } catch {
    return null
  }
}

function isNote(value: unknown): value is Note {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "startedAt" in value &&
    typeof value.startedAt === "number" &&
    "endedAt" in value
  )
}
