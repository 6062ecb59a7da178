import type { ProviderId } from "../domain/provider-id.ts"
import { sha256 } from "../system/hash.ts"
import { DAY, parseIso } from "../system/time.ts"
import type { HistoryEntry } from "./ledger.ts"
import { ledgerText, parseLedgerText } from "./ledger-text.ts"
import { type Sql, whole } from "./sql.ts"

const EXPORTED_ENTRIES = 200
const EXPORTED_AGE_MS = 14 * DAY

/** The keys that the reference program (aimgr 4404b27) keeps; it drops all others on each load. */
const COMPARED_KEYS = ["kind", "status", "label", "accountId", "reason", "hadSpareEligibleCapacity"]

/** An entry as it may be stored, or null when it lacks a readable time or a kind. */
function asHistoryEntry(value: unknown): { at: number; entry: HistoryEntry } | null {
  if (typeof value !== "object" || value === null || !("observedAt" in value)) return null
  const at = parseIso(value.observedAt)
  if (at === null || !("kind" in value) || typeof value.kind !== "string") return null
  return { at, entry: value as HistoryEntry }
}

/** What two copies of one entry share, whichever program wrote them. */
function contentOf(at: number, entry: HistoryEntry): string {
  return sha256(JSON.stringify([at, ...COMPARED_KEYS.map((key) => entry[key] ?? null)]))
}

/** True when an entry of the vault's file has no counterpart here; what is none is not lacked. */
export function lacksHistory(sql: Sql, provider: ProviderId, value: unknown): boolean {
  const known = asHistoryEntry(value)
  if (known === null) return false
  const content = contentOf(known.at, known.entry)
  return (
    sql.get("select 1 from history where provider = ? and content = ?", provider, content) === null
  )
}

/** Keeps an entry of the pool's history; one that is here already, once. */
export function addHistory(sql: Sql, provider: ProviderId, value: unknown): void {
  const known = asHistoryEntry(value)
  if (known === null) throw new RangeError("not a history entry")
  sql.run(
    "insert or ignore into history (provider, at, content, body) values (?, ?, ?, ?)",
    provider,
    known.at,
    contentOf(known.at, known.entry),
    ledgerText(known.entry),
  )
}

/** The entries that the vault's file gets at `now` (epoch ms): the newest, oldest first. */
export function history(sql: Sql, provider: ProviderId, now: number): HistoryEntry[] {
  return sql
    .all<{ body: string }>(
      `select body from history where provider = ? and at >= ?
       order by at desc, id desc limit ${EXPORTED_ENTRIES}`,
      provider,
      whole(now - EXPORTED_AGE_MS),
    )
    .reverse()
    .flatMap(({ body }) => asHistoryEntry(parseLedgerText(body))?.entry ?? [])
}
