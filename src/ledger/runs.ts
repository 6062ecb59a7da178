import type { JsonObject } from "../domain/login.ts"
import type { Run, Tick } from "./ledger.ts"
import { ledgerText, parseLedgerText } from "./ledger-text.ts"
import { addReceipt } from "./receipts.ts"
import { type Sql, whole } from "./sql.ts"

type Newest = Run & { decision: string; last: string }

/**
 * Keeps a tick and gives the run that it belongs to: the one of the tick before, where that decided
 * the same, else one that begins with this tick's receipt. What was last is told by the order in
 * which ticks came, not by a clock that may have been set back.
 */
export function addTick(sql: Sql, { at, receipt, target, decision, last }: Tick): Run {
  const { action } = receipt
  const before = newestRun(sql, action)
  if (before === null || before.decision !== decision) {
    const id = addReceipt(sql, at, action, receipt, target)
    sql.run(
      "insert into run (receipt, action, decision, first_at, count, last) values (?, ?, ?, ?, 1, ?)",
      id,
      action,
      decision,
      whole(at),
      ledgerText(last),
    )
    return { id, firstAt: at, lastAt: at, count: 1 }
  }
  const { id, firstAt, lastAt, count } = before
  const run = { id, firstAt, lastAt: Math.max(at, lastAt), count: count + 1 }
  sql.run("update receipt set at = ? where id = ?", whole(run.lastAt), run.id)
  sql.run(
    "update run set count = ?, last = ? where receipt = ?",
    run.count,
    ledgerText(last),
    run.id,
  )
  return run
}

/** The run that the last tick of this action belongs to, with what was kept of that tick. */
export function lastRun(sql: Sql, action: string): (Run & { last: JsonObject }) | null {
  const run = newestRun(sql, action)
  if (run === null) return null
  const { decision: _, last, ...rest } = run
  return { ...rest, last: parseLedgerText(last) ?? {} }
}

function newestRun(sql: Sql, action: string): Newest | null {
  return sql.get<Newest>(
    `select receipt.id as id, run.first_at as firstAt, receipt.at as lastAt, run.count as count,
       run.decision as decision, run.last as last
     from run join receipt on receipt.id = run.receipt
     where run.action = ? order by run.receipt desc limit 1`,
    action,
  )
}
