import type { Status } from "../../operations/status/document.ts"
import { HOUR } from "../../system/time.ts"
import { duration } from "../layout/duration.ts"
import { fields } from "../layout/fields.ts"
import type { Frame } from "../layout/frame.ts"
import { percent } from "../layout/percent.ts"
import type { Style } from "../layout/style.ts"

const VERDICTS: Readonly<Record<string, Style>> = { short: "red", tight: "yellow", enough: "green" }

/** The pool as a whole: what is ready, used, left least, how long it lasts, and whether it is enough. */
export function poolLines(status: Status, frame: Frame): string[] {
  const { pool_now: now, windows, capacity } = status
  if (now.total_accounts === 0) return []
  const { verdict, reason } = capacity
  return fields(
    [
      ["pool", members(status)],
      ["5h", window(windows.pool_5h_used_pct, windows.floor_5h_pct, windows.floor_5h_label)],
      ["week", window(windows.pool_7d_used_pct, windows.floor_7d_pct, windows.floor_7d_label)],
      ["lasts", lasts(status)],
      ["agents", load(status)],
      ["capacity", `${verdict}: ${reason}`, VERDICTS[verdict] ?? "dim"],
    ],
    frame,
  )
}

/** Unknown is said here and nowhere taken for spent. */
function members({ pool_now: now, unknown_accounts: unknown }: Status): string {
  const ready = `${now.ready_accounts} of ${now.total_accounts} ready`
  return unknown === 0 ? ready : `${ready}, ${unknown} without a reading: unknown is not spent`
}

function window(used: number | null, floor: number | null, label: string | null): string | null {
  if (used === null) return null
  return `${percent(used)} used; least left: ${label ?? "?"}, ${percent(floor)}`
}

function lasts({ projection, pool_now }: Status): string | null {
  const { first_constraint: first, first_constraint_label: label } = projection
  if (first === null) return null
  const hours = first === "5h" ? projection.eta_5h_h : projection.eta_7d_h
  const what = first === "5h" ? "5h windows are" : "weeks are"
  const least = label === null || pool_now.total_accounts === 1 ? "" : `, ${label}'s soonest`
  return `${duration((hours ?? 0) * HOUR)} at the present rate; then the ${what} spent${least}`
}

/** Only where a fleet draws on the pool. */
function load({ pool_now: now }: Status): string | null {
  if (now.total_agents === 0) return null
  const share = now.pool_load_pct === null ? "unknown load" : `${now.pool_load_pct} % load`
  return `${now.active_agents} of ${now.total_agents} on labels, ${share}, ${now.spare_w ?? "?"} spare`
}
