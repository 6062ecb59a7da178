import { Database } from "bun:sqlite"
import { basename, dirname } from "node:path"
import { listNames } from "../system/files.ts"
import { openAsItStands } from "./as-it-stands.ts"
import type { StoredReceipt } from "./ledger.ts"
import { lastReceipt, receipts } from "./receipts.ts"
import { schemaVersion } from "./schema.ts"
import { type Sql, sqlOf } from "./sql.ts"

/**
 * The newest `limit` receipts for somebody who can do without them: none where the ledger is not
 * there, damaged, newer or locked. Makes no file, not even the two beside a WAL.
 */
export async function peekReceipts(file: string, limit: number): Promise<StoredReceipt[]> {
  return (await peek(file, (sql) => receipts(sql, { limit }))) ?? []
}

/** The newest receipt of an action, in the same way. */
export function peekLastReceipt(file: string, action: string): Promise<StoredReceipt | null> {
  return peek(file, (sql) => lastReceipt(sql, action))
}

/** Null where the ledger can't be read. */
async function peek<T>(file: string, look: (sql: Sql) => T): Promise<T | null> {
  try {
    const database = open(file, await isInUse(file))
    try {
      const sql = sqlOf(database)
      // Throws at a newer aim's ledger, and at another program's database.
      schemaVersion(database)
      const found = look(sql)
      sql.finalize()
      return found
    } finally {
      database.close()
    }
  } catch {
    return null
  }
}

/** A WAL stands beside a file that is open elsewhere, or whose writer was killed. */
async function isInUse(file: string): Promise<boolean> {
  return (await listNames(dirname(file))).includes(`${basename(file)}-wal`)
}

/** Only a file in which nobody writes may be called immutable, and only then nothing is made. */
function open(file: string, inUse: boolean): Database {
  return inUse ? new Database(file, { readonly: true }) : openAsItStands(file)
}
