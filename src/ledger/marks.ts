import { type Sql, whole } from "./sql.ts"

/** A time or a span of it that the ledger remembers under a name, ms; null when there is none. */
export function mark(sql: Sql, name: string): number | null {
  return sql.get<{ at: number }>("select at from mark where name = ?", name)?.at ?? null
}

/** Remembers a time, or a span of it, under a name, ms. */
export function setMark(sql: Sql, name: string, at: number): void {
  sql.run("insert or replace into mark (name, at) values (?, ?)", name, whole(at))
}
