import { compareLabels } from "../label-order.ts"
import { MIN_RUNWAY_GAIN } from "./constants.ts"
import type { Standing } from "./standing.ts"
import { first, more } from "./standing-order.ts"

/** What hope a label that cannot serve by our knowledge still gives, best first. */
const HOPES = [
  /** A fresh reading says that a little is left. */
  "little",
  /** An old reading said that there was something. */
  "once",
  /** Nobody has ever read it. */
  "unread",
  /** A fresh reading says that something may be left, but no more than rounding hides. */
  "trace",
  /** Its windows have something left, but the provider says that the limit is reached. */
  "limited",
  /** An old reading said that it was spent, and its reset is still to come. */
  "spent",
] as const

type Hope = (typeof HOPES)[number]

/**
 * The label to try when none can serve: known before unknown, then most left. A label that a fresh
 * reading shows as empty is not tried: going there is certain to fail.
 * @param others labels other than the current one
 * @param staying the current label where it still answers: it is then left only for one that has
 *   clearly more, or, once it holds nothing for certain, for one that holds anything for certain or
 *   that nobody knows to be empty
 */
export function lastResort(others: readonly Standing[], staying: Standing | null): Standing | null {
  const candidates = others.flatMap((standing) => {
    const hope = standing.usable && !standing.cooling ? hopeOf(standing) : null
    if (hope === null || (staying !== null && !improves(standing, hope, staying))) return []
    return [{ standing, rank: HOPES.indexOf(hope) }]
  })
  const best = first(
    candidates,
    (a, b) =>
      a.rank - b.rank ||
      more(a.standing.left, b.standing.left) ||
      compareLabels(a.standing.label, b.standing.label),
  )
  return best?.standing ?? null
}

/** The label holds something beyond what a reading's rounding may hide. */
export function answers({ limited, sure }: Standing): boolean {
  return !limited && sure > 0
}

/** Null is no hope: fresh and empty. */
function hopeOf(standing: Standing): Hope | null {
  if (!standing.seen) return "unread"
  if (!standing.known) return standing.left > 0 ? "once" : "spent"
  if (standing.left <= 0) return null
  if (standing.limited) return "limited"
  return answers(standing) ? "little" : "trace"
}

function improves(standing: Standing, hope: Hope, staying: Standing): boolean {
  const needed = answers(staying) ? staying.left * MIN_RUNWAY_GAIN : 0
  if (hope === "little") return standing.sure > needed
  return !answers(staying) && (hope === "once" || hope === "unread")
}
