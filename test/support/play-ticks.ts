import type { Choice, Reason } from "../../src/domain/choice/types.ts"
import type { JsonObject } from "../../src/domain/login.ts"
import type { SelectionReceipt } from "../../src/domain/receipt.ts"
import type { Reading } from "../../src/domain/window.ts"
import type { LabelKey } from "../../src/ledger/ledger.ts"
import { emptyProgress } from "../../src/operations/switch/receipt.ts"
import { recordHistory, recordReceipt } from "../../src/operations/switch/record.ts"
import { WATCH_DEFAULTS } from "../../src/operations/watch/options.ts"
import { type Tick, watchReceipt } from "../../src/operations/watch/receipt.ts"
import { recordTick } from "../../src/operations/watch/record.ts"
import { explainChoice } from "../../src/operations/why.ts"
import { enabledKeys } from "../../src/pool/enabled-keys.ts"
import type { Pool } from "../../src/pool/pool.ts"
import type { Target } from "../../src/targets/target.ts"

const MINUTE = 60_000
export const EVERY = 5 * MINUTE
export const TICKS_A_DAY = 288
export const TICKS_A_YEAR = 365 * TICKS_A_DAY
/** A label lasts five hours. */
const TICKS_A_LABEL = 60

/** The ticks `from` … of a watch that began at `begun` (epoch ms); `tell` is given the time of each. */
export type Span = { begun: number; from: number; ticks: number; tell?: (at: number) => void }

/**
 * Has a watch's own functions record one tick after the other, as a timer's days go: nights that
 * nobody works in, days on one label after the other, on some of them two hours in which work comes
 * and goes with every tick, and an outage of two hours a week. `pool` has been switched once; its last reading,
 * choice and receipt are what every tick's are made of.
 */
export async function playTicks(
  pool: Pool,
  target: Target,
  { begun, from, ticks, tell = () => {} }: Span,
): Promise<{ switches: number }> {
  const { document } = await pool.vault.read()
  const keys = enabledKeys(document, target)
  const { choice } = await explainChoice(pool, target, "cached")
  const made = pool.ledger.lastReceipt(`${target.id}_use`)?.receipt as SelectionReceipt & JsonObject
  const known = pool.ledger.lastReadings(target.provider)
  const readingOf = ({ label }: LabelKey, at: number, used: number): Reading => {
    const like = known.get(label)
    if (like === undefined) throw new Error(`${label} has no reading to go by`)
    const windows = like.windows.map((window) => ({ ...window, usedPercent: used }))
    return { ...like, observedAt: at, windows }
  }
  let switches = 0
  for (let tick = from; tick < from + ticks; tick++) {
    const at = begun + tick * EVERY
    tell(at)
    const [before, after] = [tick - 1, tick].map((n) => keys[labelAt(n) % keys.length])
    if (before === undefined || after === undefined) throw new Error("nothing to be on")
    const out = isOutage(tick)
    const moved = before !== after && !out
    const reading = out ? null : readingOf(after, at, ((tick % TICKS_A_LABEL) * 80) / TICKS_A_LABEL)
    // A switch reads every label anew.
    if (moved) for (const key of keys) save(key, readingOf(key, at, 0), key === after)
    if (reading !== null) save(after, reading, true)
    else pool.ledger.saveProbe(after, { lastAttemptAt: at, lastOutcome: "transient" })
    const selection = moved
      ? { ...made, observedAt: new Date(at).toISOString(), label: after.label, status: "activated" }
      : null
    if (selection !== null) {
      switches++
      recordReceipt(pool, target, selection as SelectionReceipt)
      recordHistory(pool, target, document, selection as SelectionReceipt)
    }
    const told: Tick = {
      at,
      before: before.label,
      after: after.label,
      end: moved ? { kind: "switched", status: "activated" } : kept(tick),
      choice: { ...choice, reason: moved ? "below_5h_threshold" : reasonAt(tick) } as Choice,
      reading,
      selection: selection as SelectionReceipt | null,
      warnings: [],
      unreachableSince: out ? at : null,
      waitUntil: null,
    }
    const receipt = watchReceipt(target, WATCH_DEFAULTS, told, emptyProgress())
    await recordTick(pool, target, receipt, at)
    pool.ledger.tidy(at)
  }
  return { switches }

  function save(key: LabelKey, reading: Reading, active: boolean) {
    const at = reading.observedAt
    pool.ledger.saveReading(key, reading, active)
    pool.ledger.saveProbe(key, { lastAttemptAt: at, lastSuccessAt: at, lastOutcome: "ok" })
  }
}

const labelAt = (tick: number) => Math.floor(Math.max(0, tick) / TICKS_A_LABEL)
const dayOf = (tick: number) => Math.floor(tick / TICKS_A_DAY)
const hourOf = (tick: number) => Math.floor((tick % TICKS_A_DAY) / 12)
const isOutage = (tick: number) => dayOf(tick) % 7 === 6 && hourOf(tick) >= 2 && hourOf(tick) < 4
const kept = (tick: number) => ({ kind: "kept", reason: reasonAt(tick) }) as const

function reasonAt(tick: number): Reason {
  if (isOutage(tick)) return "usage_unknown"
  const hour = hourOf(tick)
  if (hour < 8) return "idle_no_better"
  const restless = dayOf(tick) % 4 === 1 && hour >= 18 && hour < 20
  return restless && tick % 2 === 0 ? "idle_no_better" : "lasts"
}
