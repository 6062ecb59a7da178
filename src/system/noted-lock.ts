import { readFileSync } from "node:fs"
import { join } from "node:path"
import { now, sleep } from "./clock.ts"
import { errnoOf } from "./errors.ts"
import { writeAtomic } from "./files.ts"
import { holdLock } from "./locks.ts"
import { bootId, ownStart, processStart } from "./processes.ts"

/** A process that holds a lock, or held it last; since when it runs, epoch ms. */
export type Holder = { pid: number; startedAt: number }

/** Where a holder notes itself; the lock file itself must never be opened by anybody else. */
export type Notes = { read(): unknown; write(note: Note): void | Promise<void> }

/** What is noted of a lock: its holder, how the kernel tells it from a later one, and its end. */
export type Note = Holder & { start: number | null; boot: string | null; endedAt: number | null }

/** The lock, to be given back with its `release`; or who has it instead, where that can be told. */
export type Taken = { held: true; release: Release } | { held: false; by: Holder | null }

/** Not `done` is what failed: it stands in for nobody who was about to do the same. */
export type Release = (done?: boolean) => Promise<void>

/** A holder notes itself right after it took the lock, unless a busy machine keeps it from that. */
const NOTED_WITHIN_MS = 3_000
const PAUSE_MS = 10

/**
 * Takes the lock `name` of the folder `locks` if nobody has it, and notes who this is. With `since`
 * (epoch ms), what another process did under this lock and ended since then counts as if it still
 * held it.
 */
export async function takeNoted(
  locks: string,
  name: string,
  notes: Notes,
  since: number | null = null,
): Promise<Taken> {
  const lock = await holdLock(locks, name)
  if (lock === null) return { held: false, by: await holderBy(notes) }
  const before = readNote(notes)
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
  await notes.write(note)
  return {
    held: true,
    release: async (done = true) => {
      if (done) await notes.write({ ...note, endedAt: now() })
      lock.release()
    },
  }
}

/** A clock that was set back meanwhile makes an end of the future, which says nothing. */
function endedSince({ endedAt }: Note, since: number): boolean {
  return endedAt !== null && endedAt >= since && endedAt <= now()
}

async function holderBy(notes: Notes): Promise<Holder | null> {
  for (let waited = 0; waited <= NOTED_WITHIN_MS; waited += PAUSE_MS) {
    const note = readNote(notes)
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

function readNote(notes: Notes): Note | null {
  const found = notes.read()
  return isNote(found) ? found : null
}

/** Notes in `<name>.json` beside the lock: a courtesy, that a full disk must not make a failure of. */
export function notesBeside(locks: string, name: string): Notes {
  const file = join(locks, `${name}.json`)
  return {
    read: () => {
      try {
        return JSON.parse(readFileSync(file, "utf8"))
      } catch {
        return null
      }
    },
    write: (note) =>
      writeAtomic(file, JSON.stringify(note)).catch((error: unknown) => {
        if (errnoOf(error) === null) throw error
      }),
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
