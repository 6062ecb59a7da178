import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { fiveHourWindow, type Reading, weeklyWindow } from "../domain/window.ts"
import { HOUR, MINUTE } from "../system/time.ts"
import type { LabelKey, Sample, UsageHour } from "./ledger.ts"
import { ledgerText, parseLedgerText } from "./ledger-text.ts"
import { meanOf } from "./mean.ts"
import { type Sql, whole } from "./sql.ts"

/** A reading this much older than the kept one means that the clock was set back since. */
const CLOCK_SET_BACK_MS = 10 * MINUTE

/** Keeps a reading as the label's last one and, where it says something new, as a sample. */
export function saveReading(sql: Sql, key: LabelKey, reading: Reading, active: boolean): void {
  const { provider, label } = key
  const at = whole(reading.observedAt)
  sql.run(
    `insert into last_reading (provider, label, observed_at, reading) values (?, ?, ?, ?)
     on conflict (provider, label) do update
     set observed_at = excluded.observed_at, reading = excluded.reading
     where excluded.observed_at >= last_reading.observed_at
        or excluded.observed_at < last_reading.observed_at - ${CLOCK_SET_BACK_MS}`,
    provider,
    label,
    at,
    ledgerText(reading),
  )
  const five = fiveHourWindow(reading)
  const week = weeklyWindow(reading)
  if (five === null && week === null) return
  const fiveUsed = finite(five?.usedPercent)
  const weekUsed = finite(week?.usedPercent)
  // A gateway reads with every answer: the same numbers within a minute teach nothing.
  const repeated = sql.get(
    `select 1 from sample
     where provider = ? and observed_at between ? and ? and label = ?
       and active = ? and five_used is ? and week_used is ?`,
    provider,
    at - MINUTE + 1,
    at,
    label,
    active ? 1 : 0,
    fiveUsed,
    weekUsed,
  )
  if (repeated !== null) return
  sql.run(
    `insert or replace into sample (provider, observed_at, label, active, plan,
       five_used, five_reset_at, week_used, week_reset_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    provider,
    at,
    label,
    active ? 1 : 0,
    reading.plan,
    fiveUsed,
    whole(five?.resetAt ?? null),
    weekUsed,
    whole(week?.resetAt ?? null),
  )
}

/** The last good reading of a label, or null. */
export function lastReading(sql: Sql, { provider, label }: LabelKey): Reading | null {
  const row = sql.get<{ reading: string }>(
    "select reading from last_reading where provider = ? and label = ?",
    provider,
    label,
  )
  return row === null ? null : readingIn(row.reading)
}

/** The last good reading of each of a provider's labels that has one. */
export function lastReadings(sql: Sql, provider: ProviderId): Map<Label, Reading> {
  const rows = sql.all<{ label: Label; reading: string }>(
    "select label, reading from last_reading where provider = ?",
    provider,
  )
  return new Map(
    rows.flatMap(({ label, reading }): [Label, Reading][] => {
      const kept = readingIn(reading)
      return kept === null ? [] : [[label, kept]]
    }),
  )
}

function readingIn(text: string): Reading | null {
  const kept = parseLedgerText(text)
  return kept !== null && typeof kept.observedAt === "number" && Array.isArray(kept.windows)
    ? ({ ...UNSAID, ...kept } as Reading)
    : null
}

/** What a reading that an older aim kept may lack. */
const UNSAID = { plan: null, credits: null, allowed: null, limitReached: null }

type SampleRow = Omit<Sample, "active"> & { active: number }

/** The newest samples of a provider's labels since then (epoch ms), at most `limit`, in time order. */
export function samples(sql: Sql, provider: ProviderId, since: number, limit: number): Sample[] {
  return sql
    .all<SampleRow>(
      `select label, observed_at as observedAt, active, plan,
         five_used as fiveUsed, five_reset_at as fiveResetAt,
         week_used as weekUsed, week_reset_at as weekResetAt
       from sample where provider = ? and observed_at >= ?
       order by observed_at desc, label desc limit ?`,
      provider,
      whole(since),
      whole(Math.max(0, limit)),
    )
    .reverse()
    .map((row) => Object.assign(row, { active: row.active !== 0 }))
}

/** Hours that were rolled up carry their means; younger ones, and halves, are averaged here. */
export function usageHours(
  sql: Sql,
  provider: ProviderId,
  since: number,
  limit: number,
): UsageHour[] {
  return sql
    .all<UsageHour & { last: number }>(
      `select label, observed_at / ${HOUR} * ${HOUR} as hour, max(observed_at) as last,
         sum(coalesce(readings, 1)) as readings,
         ${meanOf("five")} as fiveMean, five_used as fiveLast,
         ${meanOf("week")} as weekMean, week_used as weekLast
       from sample where provider = ? and observed_at >= ?
       group by observed_at / ${HOUR}, label
       order by hour desc, label desc limit ?`,
      provider,
      whole(since),
      whole(Math.max(0, limit)),
    )
    .reverse()
    .map(({ last: _, ...hour }) => hour)
}

function finite(percent: number | undefined): number | null {
  return percent !== undefined && Number.isFinite(percent) ? percent : null
}
