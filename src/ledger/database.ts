import { constants, Database } from "bun:sqlite"
import { createPrivateFile, isRegularFile } from "../system/files.ts"
import { openAsItStands } from "./as-it-stands.ts"
import { copyExcerpt } from "./excerpt.ts"
import { failureOf } from "./failure.ts"
import { firstValue, migrate, SCHEMA_VERSION, schemaVersion } from "./schema.ts"
import { type Sql, sqlOf } from "./sql.ts"

const LONGEST_WAIT_FOR_WAL_MS = 100

/** An open database and whether it is the ledger's file or its stand-in in memory. */
export type Handle = { database: Database; sql: Sql; onFile: boolean }

/**
 * Opens the ledger's file, making it (0600) where it is missing and its folder is there. Throws
 * what {@link failureOf} sorts. A read-only one is neither made nor migrated.
 */
export function openFile(file: string, waitMs: number, readOnly: boolean): Handle {
  const database = readOnly ? new Database(file, { readonly: true }) : openOrCreate(file)
  try {
    waitAtMost(database, waitMs)
    if (!readOnly) {
      migrate(database)
      preferWal(database, waitMs)
      // With a WAL a killed process loses nothing; only a power cut may take the last rows.
      database.run("pragma synchronous = normal")
    } else if (schemaVersion(database) < SCHEMA_VERSION) {
      return copyInMemory(database)
    }
    return { database, sql: sqlOf(database), onFile: true }
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * SQLite refuses the change, sometimes at once, while another process is at work in a file without
 * WAL. That file is sound, so nobody waits for it long: the next to open it tries again.
 */
function preferWal(database: Database, waitMs: number): void {
  if (firstValue(database, "pragma journal_mode") === "wal") return
  waitAtMost(database, Math.min(waitMs, LONGEST_WAIT_FOR_WAL_MS))
  try {
    database.run("pragma journal_mode = wal")
  } catch (error) {
    if (failureOf(error) !== "locked") throw error
  }
  waitAtMost(database, waitMs)
}

function openOrCreate(file: string): Database {
  const existing = { readwrite: true, create: false }
  try {
    return new Database(file, existing)
  } catch {
    createPrivateFile(file)
    return new Database(file, existing)
  }
}

/** How long a statement waits for another process's lock; set before anything that locks. */
export function waitAtMost(database: Database, waitMs: number): void {
  database.run(`pragma busy_timeout = ${Math.max(0, Math.round(waitMs))}`)
}

/** An empty ledger in memory. */
export function emptyInMemory(): Handle {
  return inMemory(new Database(":memory:"))
}

/** A ledger in memory with what commands look at, as far as `source` can be read; that is closed. */
export function excerptInMemory(source: Database): Handle {
  const handle = emptyInMemory()
  copyExcerpt(source, handle.database)
  source.close()
  return handle
}

/**
 * A ledger in memory of a file that can't be opened as usual: a read-only folder and a full disk have
 * no room for a WAL. What stands in a WAL that is there is left out.
 */
export function excerptOfFile(file: string): Handle {
  try {
    // Opening a pipe would wait for its other end.
    if (!isRegularFile(file)) return emptyInMemory()
    return excerptInMemory(openAsItStands(file))
  } catch {
    return emptyInMemory()
  }
}

/** A ledger in memory with everything that can still be read of `source`, which is closed. */
function copyInMemory(source: Database): Handle {
  try {
    const bytes = source.serialize()
    source.close()
    // Bytes 18 and 19 of the header say "WAL", which a database in memory can't have.
    bytes[18] = 1
    bytes[19] = 1
    return inMemory(Database.deserialize(bytes))
  } catch {
    source.close()
    return emptyInMemory()
  }
}

function inMemory(database: Database): Handle {
  migrate(database)
  return { database, sql: sqlOf(database), onFile: false }
}

export function closeHandle(handle: Handle): void {
  handle.sql.finalize()
  handle.database.close()
}

/** True when the open file no longer stands at its path: another process has set it aside. */
export function hasMoved(handle: Handle): boolean {
  // SQLite writes one int; Bun 1.4 refuses less than eight bytes.
  const answer = new Int32Array(2)
  handle.database.fileControl(constants.SQLITE_FCNTL_HAS_MOVED, answer)
  return answer[0] !== 0
}
