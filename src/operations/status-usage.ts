import type { InferOutput } from "valibot"
import type { Reading, UsageWindow } from "../domain/window.ts"
import type { UsageView } from "../pool/usage.ts"
import { isoTime, SECOND } from "../system/time.ts"
import type * as schema from "./status-schema/account.ts"

export type WindowStatus = InferOutput<typeof schema.WindowStatus>
export type UsageStatus = InferOutput<typeof schema.UsageStatus>

/** What is known of one label's quota, with its age; `view` is null where aim can't ask yet. */
export function usageStatus(provider: string, view: UsageView | null, at: number): UsageStatus {
  const reading = view?.reading ?? null
  const outcome = view?.outcome ?? "unsupported_yet"
  return {
    provider,
    ok: reading !== null && (outcome === "read" || outcome === "cached"),
    status: outcome,
    known: reading !== null,
    windows: windowsOf(reading),
    plan: reading?.plan ?? null,
    credits: reading?.credits ?? null,
    observedAt: reading === null ? null : isoTime(reading.observedAt),
    ageSeconds:
      reading === null ? null : Math.max(0, Math.round((at - reading.observedAt) / SECOND)),
    tokenExpired: outcome === "access_expired" || outcome === "unauthorized",
    detail: view?.detail ?? null,
  }
}

/** Named by their length, so their order can be by length as well. */
function windowsOf(reading: Reading | null): WindowStatus[] {
  const place = ({ kind }: UsageWindow) => ["5h", "weekly"].indexOf(kind) >>> 0
  return (reading?.windows ?? [])
    .toSorted((a, b) => place(a) - place(b))
    .map(({ kind, scope, usedPercent, resetAt }) => ({
      label: LABELS[kind] ?? kind,
      kind,
      scope,
      usedPercent,
      resetAt,
      resetsAt: resetAt === null ? null : isoTime(resetAt),
    }))
}

/** The reference's names of windows. */
const LABELS: Readonly<Record<string, string>> = { weekly: "Week", "1d": "Day" }
