import type { Status } from "../operations/status/document.ts"
import { plain } from "./layout/plain.ts"
import { NOTHING } from "./layout/window-cell.ts"

/**
 * `aim status --compact`: one line of `name=value`, two spaces between, the reference's names first
 * (aimgr 4404b27 §3.7). What nobody knows is `--`, never 0.
 */
export function compactLine(status: Status): string {
  const { pool_now: now, windows, projection, capacity, nextBestCandidate } = status
  const parts = [
    `load=${number(now.pool_load_pct, "%")}`,
    `spare=${number(now.spare_w, "w")}`,
    `5h_floor=${number(windows.floor_5h_pct, "%")}(${windows.floor_5h_label ?? "none"})`,
    `7d_floor=${number(windows.floor_7d_pct, "%")}(${windows.floor_7d_label ?? "none"})`,
    `eta=${number(projection.overflow_eta_h, "h")}`,
    ...hermes(status),
    `label=${status.codexCli?.inferredLabel ?? "none"}`,
    `next=${nextBestCandidate?.label ?? "none"}`,
    `unknown=${status.unknown_accounts}`,
    `capacity=${capacity.verdict}`,
  ]
  return plain(parts.join("  "))
}

/** Only where the vault has any data of a Hermes fleet. */
function hermes({ hermesFleet: fleet }: Status): string[] {
  const { lastApplyReceipt: apply, lastWatchReceipt: watch } = fleet
  if (fleet.homeCount === 0 && apply === null && watch === null) return []
  return [
    `hermes=${number(fleet.mappedHomeCount, "")}/${fleet.homeCount}`,
    `h_warn=${number(fleet.warningHomeCount, "")}`,
    `h_apply=${word(apply?.status)}`,
    `h_watch=${word(watch?.status)}`,
  ]
}

function number(value: number | null, unit: string): string {
  return value === null || !Number.isFinite(value) ? NOTHING : `${value}${unit}`
}

function word(value: unknown): string {
  return typeof value === "string" && /^\w+$/.test(value) ? value : NOTHING
}
