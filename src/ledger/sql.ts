import type { Database, Statement } from "bun:sqlite"

export type Value = string | number | null

/** Statements on one database, each prepared when it is first used and kept until the end. */
export type Sql = {
  /** Runs a statement and gives the number of rows it changed. */
  run(text: string, ...values: Value[]): number
  /** The first row; its type is what the STRICT table promises. */
  get<Row>(text: string, ...values: Value[]): Row | null
  all<Row>(text: string, ...values: Value[]): Row[]
  /** Finalizes every statement, so that closing the database really closes its files. */
  finalize(): void
}

/** Statements on an open database; whoever closes that finalizes them first. */
export function sqlOf(database: Database): Sql {
  const statements = new Map<string, Statement<unknown, Value[]>>()
  const prepared = (text: string) => {
    const known = statements.get(text)
    if (known !== undefined) return known
    const statement = database.prepare<unknown, Value[]>(text)
    statements.set(text, statement)
    return statement
  }
  return {
    run: (text, ...values) => prepared(text).run(...values).changes,
    get: <Row>(text: string, ...values: Value[]) => prepared(text).get(...values) as Row | null,
    all: <Row>(text: string, ...values: Value[]) => prepared(text).all(...values) as Row[],
    finalize: () => {
      for (const statement of statements.values()) statement.finalize()
      statements.clear()
    },
  }
}

/** Does `work` in one immediate transaction: a deferred one loses writes under SQLITE_BUSY. */
export function inTransaction<T>(sql: Sql, work: (sql: Sql) => T): T {
  sql.run("begin immediate")
  try {
    const value = work(sql)
    sql.run("commit")
    return value
  } catch (error) {
    try {
      sql.run("rollback")
    } catch {
      // SQLite has already rolled back (full disk, I/O error).
    }
    throw error
  }
}

/** A number as an INTEGER column takes it: whole, within the safe range; null for NaN. */
export function whole(value: number): number
export function whole(value: number | null): number | null
export function whole(value: number | null): number | null {
  if (value === null || Number.isNaN(value)) return null
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Math.round(value)))
}
