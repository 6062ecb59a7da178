import type { Reading, UsageWindow } from "../domain/window.ts"
import type { UsageView } from "../pool/usage.ts"
import { isoTime, SECOND } from "../system/time.ts"

/** One window under the reference's names; `kind`, `scope` and `resetsAt` are aim's. */
export type WindowStatus = {
  /** `5h`, `Week`, `Day`, else the kind. */
  label: string
  kind: string
  scope: string | null
  usedPercent: number
  /** Epoch ms, as the reference has it; null where the provider named none. */
  resetAt: number | null
  /** The same as ISO time. */
  resetsAt: string | null
}

export type UsageStatus = {
  provider: string
  ok: boolean
  /** How the reading came about, or how asking failed. */
  status: string
  /** True when there is any reading, however old. */
  known: boolean
  /** 5h first, then the week, then what else there is; of the last good reading. */
  windows: WindowStatus[]
  plan: string | null
  credits: { hasCredits: boolean; unlimited: boolean; balance: string | null } | null
  observedAt: string | null
  ageSeconds: number | null
  tokenExpired: boolean
  detail: string | null
}

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
