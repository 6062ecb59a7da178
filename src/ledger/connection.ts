import { errnoOf, type Problem } from "../system/errors.ts"
import { isoTime } from "../system/time.ts"
import {
  closeHandle,
  emptyInMemory,
  excerptInMemory,
  excerptOfFile,
  type Handle,
  hasMoved,
  openFile,
  waitAtMost,
} from "./database.ts"
import { type Failure, failureOf, lostProblem, problemOf } from "./failure.ts"
import { mend } from "./mend.ts"
import { inTransaction, type Sql } from "./sql.ts"

type Work<T> = (sql: Sql) => T

/** How the ledger's methods reach their tables; nothing that goes wrong below gets past it. */
export type Connection = {
  readonly warnings: readonly Problem[]
  /** Answers `fallback` where nothing can be read. */
  read<T>(fallback: T, work: Work<T>): T
  /** Does `work` in one transaction; it may be done again on another database, so it is pure. */
  write<T>(fallback: T, work: Work<T>): T
  /** As `write`, but given up without a word, with `fallback`, when another process is writing. */
  writeIfFree<T>(fallback: T, work: Work<T>): T
  /** Makes the file the place again, where a stand-in has taken over and the cause has gone. */
  restore(): void
  close(): void
}

/** Writes that a stand-in holds for the file; the oldest are given up beyond this many. */
const MOST_PENDING = 5_000

/** Opens the ledger's file or, where that can't be, a stand-in. Never throws. */
export function connect(
  file: string,
  options: { now: number; readOnly: boolean; waitMs: number; lost: boolean },
): Connection {
  const { readOnly, waitMs } = options
  const warnings: Problem[] = options.lost ? [lostProblem(file)] : []
  let pending: Work<unknown>[] = []
  let timesBroken = 0
  let handle = openHandle()

  return {
    warnings,
    read: attempt,
    write: (fallback, work) => {
      const value = attempt(fallback, (sql) => inTransaction(sql, work))
      if (!handle.onFile && !readOnly) pending.push(work)
      if (pending.length > MOST_PENDING) pending.shift()
      return value
    },
    writeIfFree: <T>(fallback: T, work: Work<T>) => {
      let value = fallback
      if (!handle.onFile) return value
      quietly(() => {
        waitAtMost(handle.database, 0)
        value = inTransaction(handle.sql, work)
      })
      quietly(() => waitAtMost(handle.database, waitMs))
      return value
    },
    restore,
    close: () => {
      restore()
      quietly(() => closeHandle(handle))
    },
  }

  /** Runs on the present database and, when that fails, on what takes its place. */
  function attempt<T>(fallback: T, run: Work<T>): T {
    for (let step = 0; ; step++) {
      try {
        return run(handle.sql)
      } catch (error) {
        const failure = failureOf(error)
        if (!handle.onFile || failure === "refused") {
          warn("refused", detailOf(error))
          return fallback
        }
        handle = next(failure, step, detailOf(error))
      }
    }
  }

  /** The database to go on with; a file that seems broken may be one that was set aside already. */
  function next(failure: Failure, step: number, detail: string): Handle {
    const damaged = failure === "broken" || failure === "moved"
    if (failure === "broken" && !readOnly && step === 1) return rebuild(handle)
    if (damaged) quietly(() => closeHandle(handle))
    if (damaged && !readOnly && step === 0) return openHandle()
    warn(failure, detail)
    if (damaged) return emptyInMemory()
    handle.sql.finalize()
    return excerptInMemory(handle.database)
  }

  function openHandle(): Handle {
    try {
      return openFile(file, waitMs, readOnly)
    } catch (error) {
      const failure = failureOf(error)
      if (failure === "broken" && !readOnly) return rebuild(null)
      return standIn(failure, detailOf(error))
    }
  }

  function rebuild(suspect: Handle | null): Handle {
    const time = isoTime(options.now).replaceAll(/[-:.]/g, "")
    const suffix = `broken-${time}${timesBroken > 0 ? `-${timesBroken + 1}` : ""}`
    try {
      const mended = mend(file, suspect, { suffix, waitMs })
      if (mended.aside !== null) {
        timesBroken += 1
        warn("broken", `it was set aside as ${mended.aside} and begun anew`)
      }
      return mended.handle
    } catch (error) {
      return standIn(failureOf(error), detailOf(error))
    }
  }

  function standIn(failure: Failure, detail: string): Handle {
    warn(failure, detail)
    return failure === "unusable" ? excerptOfFile(file) : emptyInMemory()
  }

  function restore(): void {
    if (handle.onFile && !moved()) return
    if (readOnly) return
    let candidate: Handle | null = null
    try {
      candidate = openFile(file, 0, false)
      inTransaction(candidate.sql, (sql) => {
        for (const work of pending) replay(sql, work)
      })
      waitAtMost(candidate.database, waitMs)
    } catch {
      if (candidate !== null) closeHandle(candidate)
      return
    }
    quietly(() => closeHandle(handle))
    handle = candidate
    pending = []
  }

  function moved(): boolean {
    try {
      return !readOnly && hasMoved(handle)
    } catch {
      return false
    }
  }

  function warn(failure: Failure, detail: string): void {
    // A reader of a home without a ledger misses nothing, and what it writes was never to last.
    if (readOnly && failure === "unusable") return
    const problem = problemOf(failure, file, detail)
    if (problem !== null && warnings.every(({ code }) => code !== problem.code))
      warnings.push(problem)
  }
}

/** An entry that the stand-in refused is refused here too, and must not hold up the others. */
function replay(sql: Sql, work: Work<unknown>): void {
  try {
    work(sql)
  } catch (error) {
    if (failureOf(error) !== "refused") throw error
  }
}

/** An error's code or name: never its text, which may quote an entry. */
function detailOf(error: unknown): string {
  return errnoOf(error) ?? (error instanceof Error ? error.name : "unknown error")
}

function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // The callers go on without it: closing what is broken, work that can wait.
  }
}
