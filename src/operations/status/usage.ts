import type { InferOutput } from "valibot"
import type { Reading, UsageWindow } from "../../domain/window.ts"
import type { UsageView } from "../../pool/usage.ts"
import { isoTime, SECOND } from "../../system/time.ts"
import type * as schema from "./schema/account.ts"

export type WindowStatus = InferOutput<typeof schema.WindowStatus>
export type UsageStatus = InferOutput<typeof schema.UsageStatus>

/**
 * What is known of one label's quota, with its age; `view` is null where aim can't ask yet. `plan`
 * is what the stored login says of it, for a label without a reading.
 */
export function usageStatus(
  provider: string,
  view: UsageView | null,
  at: number,
  plan: string | null = null,
): UsageStatus {
  const reading = view?.reading ?? null
  const outcome = view?.outcome ?? "unsupported_yet"
  return {
    provider,
    ok: reading !== null && (outcome === "read" || outcome === "cached"),
    status: outcome,
    known: reading !== null,
    unmetered: outcome === "unmetered",
    windows: windowsOf(reading, provider),
    plan: reading?.plan ?? plan,
    credits: reading?.credits ?? null,
    extraUsage: reading?.extraUsage ?? null,
    observedAt: reading === null ? null : isoTime(reading.observedAt),
    ageSeconds:
      reading === null ? null : Math.max(0, Math.round((at - reading.observedAt) / SECOND)),
    tokenExpired: outcome === "access_expired" || outcome === "unauthorized",
    detail: view?.detail ?? null,
  }
}

/** Named by their length, so their order can be by length as well; of other windows, most used first. */
function windowsOf(reading: Reading | null, provider: string): WindowStatus[] {
  const place = ({ kind }: UsageWindow) => ["5h", "weekly"].indexOf(kind) >>> 0
  return (reading?.windows ?? [])
    .toSorted((a, b) => place(a) - place(b) || b.usedPercent - a.usedPercent)
    .map(({ kind, scope, usedPercent, resetAt }) => ({
      label: LABELS[kind] ?? (provider === "anthropic" ? (scope ?? kind) : kind),
      kind,
      scope,
      usedPercent,
      resetAt,
      resetsAt: resetAt === null ? null : isoTime(resetAt),
    }))
}

/** The reference's names of windows; it calls a Claude window of one model by the model. */
const LABELS: Readonly<Record<string, string>> = { weekly: "Week", "1d": "Day" }
