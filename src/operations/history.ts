import { asLabel, type Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { type Finding, findingOf } from "../domain/receipt.ts"
import type { StoredReceipt } from "../ledger/ledger.ts"
import type { Pool } from "../pool/pool.ts"
import { seedLedger } from "../pool/seed.ts"
import { AimError, fail, failUsage } from "../system/errors.ts"
import { isoTime } from "../system/time.ts"

/** The clients that receipts may be about. */
export const RECEIPT_TARGETS = ["codex", "claude", "pi", "openclaw", "hermes"] as const

/** One receipt of the ledger; `label` is the present name of a label that was renamed since. */
export type HistoryItem = {
  id: number
  /** ISO time. */
  at: string
  action: string
  status: string
  target: string | null
  label: Label | null
  /** Of a watch: since when and how often it has decided the same; `at` is the last time. */
  run?: { since: string; until: string; ticks: number; last: JsonObject }
  receipt: JsonObject
}

export type HistoryResult = { receipts: HistoryItem[]; warnings: Finding[] }

/** `aim history`: the newest receipts first; a label may be one that is gone by now. */
export async function readHistory(
  pool: Pool,
  filter: { target?: string; label?: string; since: number | null; limit: number },
): Promise<HistoryResult> {
  const { target, since, limit } = filter
  const label = filter.label === undefined ? undefined : labelOf(filter.label)
  await seed(pool)
  const receipts = pool.ledger.receipts({
    ...(target === undefined ? {} : { target }),
    ...(label === undefined ? {} : { label }),
    ...(since === null ? {} : { since }),
    limit,
  })
  return { receipts: receipts.map(itemOf), warnings: ledgerWarnings(pool) }
}

/** `aim history show <id>`: one receipt whole. */
export async function readReceipt(
  pool: Pool,
  typed: string,
): Promise<{ receipt: HistoryItem; warnings: Finding[] }> {
  const id = /^\d{1,15}$/.test(typed) ? Number(typed) : null
  if (id === null)
    return failUsage("invalid_id", "a receipt is named by its number", "aim history lists them")
  await seed(pool)
  const found = pool.ledger.receipt(id)
  if (found !== null) return { receipt: itemOf(found), warnings: ledgerWarnings(pool) }
  return fail(
    "unknown_receipt",
    `there is no receipt ${id}; they are kept for a year, at most 50,000 of them`,
    "aim history",
  )
}

/** After the ledger was lost, the last receipts still stand in the vault's file, if that is sound. */
async function seed(pool: Pool): Promise<void> {
  try {
    seedLedger(pool, (await pool.vault.read()).document)
  } catch (error) {
    if (!(error instanceof AimError)) throw error
  }
}

function labelOf(typed: string): Label {
  const label = asLabel(typed)
  if (label !== null) return label
  return failUsage("invalid_label", "`--label` names no label", "aim history --label boss")
}

function itemOf({ at, run, receipt, ...rest }: StoredReceipt): HistoryItem {
  const until = isoTime(at)
  if (run === null) return { ...rest, at: until, receipt }
  const { firstAt, count: ticks, last } = run
  return { ...rest, at: until, run: { since: isoTime(firstAt), until, ticks, last }, receipt }
}

function ledgerWarnings(pool: Pool): Finding[] {
  return pool.ledger.warnings.map((problem) => findingOf(problem))
}
