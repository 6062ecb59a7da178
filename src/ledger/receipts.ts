import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { parseIso } from "../system/time.ts"
import type { StoredReceipt } from "./ledger.ts"
import { ledgerText, parseLedgerText } from "./ledger-text.ts"
import { type Sql, type Value, whole } from "./sql.ts"

export type ReceiptFilter = { target?: string; label?: Label; since?: number; limit: number }

type Row = Omit<StoredReceipt, "receipt" | "run"> & {
  body: string
  firstAt: number | null
  count: number | null
  last: string | null
}

const SELECT = `
  select receipt.id as id, at, receipt.action as action, status, target, label, body,
    first_at as firstAt, count, last
  from receipt left join run on run.receipt = receipt.id`

/** Gives the receipt's id. Its own `observedAt` is its time, so that a seeded copy is recognised. */
export function addReceipt(
  sql: Sql,
  at: number,
  action: string,
  receipt: JsonObject,
  target: string | null,
): number {
  const row = sql.get<{ id: number }>(
    `insert into receipt (at, action, status, target, label, body)
     values (?, ?, ?, ?, ?, ?) returning id`,
    whole(parseIso(receipt.observedAt) ?? at),
    action,
    textOf(receipt.status) ?? "unknown",
    target,
    textOf(receipt.label),
    ledgerText(receipt),
  )
  return row?.id ?? 0
}

/** True when a receipt of the vault's file has no counterpart here; a run has all its ticks'. */
export function lacksReceipt(sql: Sql, action: string, receipt: JsonObject): boolean {
  const at = parseIso(receipt.observedAt)
  return at === null
    ? lastReceipt(sql, action) === null
    : sql.get(
        `select 1 from receipt left join run on run.receipt = receipt.id
         where receipt.action = ? and at >= ? and coalesce(first_at, at) <= ?`,
        action,
        at,
        at,
      ) === null
}

/** The receipts that fit, newest first; `since` is epoch ms. */
export function receipts(sql: Sql, filter: ReceiptFilter): StoredReceipt[] {
  const terms: [string, Value][] = []
  if (filter.target !== undefined) terms.push(["target = ?", filter.target])
  if (filter.label !== undefined) terms.push(["label = ?", filter.label])
  if (filter.since !== undefined) terms.push(["at >= ?", whole(filter.since)])
  const where = terms.length === 0 ? "" : `where ${terms.map(([term]) => term).join(" and ")}`
  return sql
    .all<Row>(
      `${SELECT} ${where} order by at desc, receipt.id desc limit ?`,
      ...terms.map(([, value]) => value),
      whole(Math.max(0, filter.limit)),
    )
    .flatMap(storedReceipt)
}

/** The receipt of that id, or null. */
export function receiptOf(sql: Sql, id: number): StoredReceipt | null {
  const row = sql.get<Row>(`${SELECT} where receipt.id = ?`, id)
  return (row === null ? [] : storedReceipt(row))[0] ?? null
}

/** The newest receipt of an action, or null. */
export function lastReceipt(sql: Sql, action: string): StoredReceipt | null {
  const row = sql.get<Row>(
    `${SELECT} where receipt.action = ? order by at desc, receipt.id desc limit 1`,
    action,
  )
  return (row === null ? [] : storedReceipt(row))[0] ?? null
}

function storedReceipt({ body, firstAt, count, last, ...row }: Row): StoredReceipt[] {
  const receipt = parseLedgerText(body)
  const run =
    firstAt === null || count === null
      ? null
      : { firstAt, count, last: parseLedgerText(last ?? "") ?? {} }
  return receipt === null ? [] : [{ ...row, receipt, run }]
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}
