import type { JsonObject } from "../domain/login.ts"
import { ledgerText, parseLedgerText } from "./ledger-text.ts"
import type { Sql } from "./sql.ts"

/** What a process left for others under a name, such as that it watches a home just now. */
export function note(sql: Sql, name: string): JsonObject | null {
  const row = sql.get<{ body: string }>("select body from note where name = ?", name)
  return row === null ? null : parseLedgerText(row.body)
}

/** Leaves something for other processes under a name, in place of what stood there. */
export function keepNote(sql: Sql, name: string, body: JsonObject): void {
  sql.run("insert or replace into note (name, body) values (?, ?)", name, ledgerText(body))
}
