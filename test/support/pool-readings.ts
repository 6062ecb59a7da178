import type { Reading } from "../../src/domain/window.ts"
import { keyOf } from "../../src/pool/pool.ts"
import type { UsageView } from "../../src/pool/usage.ts"
import { five, reading, week } from "../domain/choice/input.ts"
import type { PoolWorld } from "./pool-world.ts"

export const MINUTE = 60_000
export const DAY = 1440 * MINUTE

/** A reading of so many minutes ago; its windows reset in 4 hours and 4 days. */
export function read(fiveUsed: number, weekUsed: number, minutesAgo = 0, plan = "plus"): Reading {
  const at = Date.now()
  const windows = [five(fiveUsed, at + 240 * MINUTE), week(weekUsed, at + 4 * DAY)]
  return reading(windows, { observedAt: at - minutesAgo * MINUTE, plan })
}

/** A label's reading as a command has it at hand. */
export function view(label: string, of: Reading | null): UsageView {
  return { key: keyOf("openai-codex", label), reading: of, outcome: "cached", detail: null }
}

/** Puts readings of an active label into the ledger: percents, 5 minutes apart, the last now. */
export function seen(
  world: PoolWorld,
  label: string,
  used: readonly (readonly [five: number, week: number])[],
  { plan = "plus", minutesAgo = 0 } = {},
): void {
  const key = keyOf("openai-codex", label)
  for (const [tick, [fiveUsed, weekUsed]] of used.entries()) {
    const minutes = minutesAgo + (used.length - 1 - tick) * 5
    world.pool.ledger.saveReading(key, read(fiveUsed, weekUsed, minutes, plan), true)
  }
}
