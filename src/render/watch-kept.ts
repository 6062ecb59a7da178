import type { Watched } from "../operations/watch-once.ts"
import type { Problem } from "../system/errors.ts"
import { blockerLines, warningLines } from "./findings.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { timeOfDay } from "./layout/time-of-day.ts"
import { watchLines } from "./watch.ts"
import type { Glance } from "./watch-glance.ts"

/** What a look at a watch came to, as far as a person is told. */
export type Seen = Watched | { problem: Problem }

/** Kept for these is how a night should be: no line is worth keeping for them. */
const CALM = new Set(["lasts", "idle_no_better", "another_watch_running"])

/**
 * What tells one state of a watch from another: null while all is calm. A line is kept wherever it
 * changes, and for each switch.
 */
export function moodOf(seen: Seen): string | null {
  if ("problem" in seen) return seen.problem.code
  const { status, decision, blockers } = seen.receipt
  if (status === "blocked") return `blocked:${blockers[0]?.kind ?? decision?.reason}`
  const reason = decision?.reason ?? status
  return status === "noop" && CALM.has(reason) ? null : reason
}

/** The lines that stay above the live one, with the time of day at `at`; none where nothing changed. */
export function keptLines(seen: Seen, before: string | null, at: number, frame: Frame): string[] {
  const mood = moodOf(seen)
  const news = "problem" in seen ? [] : warningLines(seen.news, frame)
  const switched = !("problem" in seen) && seen.receipt.status.startsWith("activated")
  if (mood === before && !switched) return news
  const time = timeOfDay(at)
  if ("problem" in seen) return [`${time}  ${plain(seen.problem.message)}`]
  const [headline = ""] = watchLines(seen, frame)
  const blockers = switched ? [] : blockerLines(seen.receipt.blockers, frame)
  return [`${time}  ${headline}`, ...blockers, ...news]
}

/** The live line's part of a look; `who` was seen last, for one that saw nobody. */
export function glanceOf(seen: Seen, who: string): Glance {
  if ("problem" in seen)
    return { who, why: seen.problem.code, style: "red", five: null, week: null }
  const { receipt, ok } = seen
  const { decision, blockers, currentLabelAfter: label } = receipt
  return {
    who: label ?? who,
    why: decision?.reason ?? blockers[0]?.kind ?? receipt.status,
    style: ok ? (receipt.warnings.length > 0 ? "yellow" : "green") : "red",
    five: receipt.primaryRemainingPctBefore,
    week: receipt.secondaryRemainingPctBefore,
  }
}
