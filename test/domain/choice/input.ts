import type { Burn } from "../../../src/domain/choice/burn.ts"
import type { ChoiceInput, LabelInput } from "../../../src/domain/choice/types.ts"
import type { Reading, UsageWindow } from "../../../src/domain/window.ts"

/** An instant that all pure tests share. */
export const NOW = Date.UTC(2026, 10, 20, 12, 0, 0)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** 40 units an hour, busy. */
export const BUSY: Burn = {
  mean: 40 / 60,
  peak: 40 / 60,
  idleMinutes: 0,
  slopes: 5,
  measured: true,
}
export const IDLE: Burn = { ...BUSY, idleMinutes: 25 }

export function five(usedPercent: number, resetAt: number | null = NOW + 4 * HOUR): UsageWindow {
  return { kind: "5h", usedPercent, resetAt, lengthMinutes: 300, scope: null }
}

export function week(usedPercent: number, resetAt: number | null = NOW + 4 * DAY): UsageWindow {
  return { kind: "weekly", usedPercent, resetAt, lengthMinutes: 10_080, scope: null }
}

export function scoped(kind: string, scope: string, usedPercent: number): UsageWindow {
  const lengthMinutes = kind === "5h" ? 300 : 10_080
  const resetAt = NOW + DAY
  return { kind: `${kind}:${scope}`, usedPercent, resetAt, lengthMinutes, scope }
}

export function reading(windows: UsageWindow[], more: Partial<Reading> = {}): Reading {
  return {
    observedAt: NOW,
    plan: null,
    windows,
    credits: null,
    allowed: true,
    limitReached: false,
    source: "usage_endpoint",
    ...more,
  }
}

export function aLabel(label: string, more: Partial<LabelInput> = {}): LabelInput {
  return {
    label,
    enabled: true,
    ready: true,
    readinessReason: "fresh",
    size: 1,
    k: 8,
    reading: reading([five(10), week(10)]),
    coolingUntil: null,
    ...more,
  }
}

/** A label with this much used of its 5h and weekly windows. */
export function used(
  label: string,
  fiveUsed: number,
  weekUsed: number,
  more: Partial<LabelInput> = {},
): LabelInput {
  return aLabel(label, { reading: reading([five(fiveUsed), week(weekUsed)]), ...more })
}

/** A label whose last reading is too old. */
export function stale(label: string, fiveUsed: number, weekUsed: number): LabelInput {
  const observedAt = NOW - 31 * MINUTE
  return aLabel(label, { reading: reading([five(fiveUsed), week(weekUsed)], { observedAt }) })
}

export function anInput(more: Partial<ChoiceInput> = {}): ChoiceInput {
  return {
    now: NOW,
    mode: "watch",
    current: "boss",
    starting: false,
    next: false,
    refused: false,
    model: null,
    thresholds: { fivePct: 0, weeklyPct: 0 },
    burn: BUSY,
    labels: [],
    ...more,
  }
}
