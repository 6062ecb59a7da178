import type { Reading, UsageWindow } from "../../src/domain/window.ts"
import { HOUR } from "../../src/system/time.ts"

/** A Wednesday noon; every time in these tests is counted from it. */
export const NOON = Date.UTC(2026, 2, 4, 12)

export const BOSS = { provider: "openai-codex", label: "boss" } as const
export const QA = { provider: "openai-codex", label: "qa" } as const
export const CLAUDE = { provider: "anthropic", label: "boss" } as const

export function window(kind: string, usedPercent: number, resetAt: number | null): UsageWindow {
  return { kind, usedPercent, resetAt, lengthMinutes: null, scope: null }
}

export function reading(observedAt: number, five: number, week: number): Reading {
  return {
    observedAt,
    plan: "pro",
    windows: [window("5h", five, NOON + HOUR), window("weekly", week, NOON + 50 * HOUR)],
    credits: null,
    allowed: true,
    limitReached: false,
    source: "usage_endpoint",
  }
}
