import { SHIPPED, SHIPPED_UNSIZED } from "./contestants.ts"
import { PAGE, PAGE_LEADS, PAGE_SEEDS, PAGE_UNSIZED } from "./figures.ts"
import type { Result } from "./job.ts"
import type { Mode } from "./policy.ts"
import { type Estimate, overlap, signOf, studentT } from "./spread.ts"
import { type Measure, type Standings, standingsOf } from "./standings.ts"
import { inPoints } from "./tables.ts"

/** What one figure of the page came to here. */
export type Verdict = { what: string; here: string; page: string; word: string; good: boolean }

const MEASURES: readonly Measure[] = [
  "served",
  "stalled",
  "needless",
  "unused",
  "reread",
  "switches",
]

/** Each figure of the page beside the one found here, by mode. */
export function verdictsOf(mode: Mode, results: readonly Result[]): Verdict[] {
  const standings = standingsOf(results.filter((result) => result.mode === mode))
  const leads = Object.entries(PAGE_LEADS[mode]).map(([policy, page]) =>
    ofLead(`${mode}: shipped − ${policy}`, standings.lead(SHIPPED, policy), page),
  )
  const unsized = PAGE_UNSIZED[mode]
  const sizes = `${mode}: what knowing plan sizes gains (3 and 12 labels, no night)`
  const grid = standingsOf(results.filter((each) => each.mode === mode && onSmallGrid(each)))
  const gain = unsized && ofLead(sizes, grid.lead(SHIPPED, SHIPPED_UNSIZED), unsized)
  return [
    ...leads,
    ...(gain ? [gain] : []),
    ...MEASURES.map((each) => ofMean(mode, standings, each)),
  ]
}

/** What the page's ablations were played on. */
function onSmallGrid({ labels, consumer }: Result): boolean {
  return (labels === 3 || labels === 12) && consumer !== "night"
}

/** The sign is the claim; the size is reproduced where the intervals overlap. */
function ofLead(what: string, here: Estimate, page: Estimate): Verdict {
  const same = signOf(here) === signOf(page)
  const near = overlap(here, page)
  const against = signOf(here) * signOf(page) < 0
  const word = against
    ? "NOT REPRODUCED: the other way round"
    : near
      ? same
        ? "reproduced"
        : "reproduced in size; its sign is within chance here or there"
      : same
        ? `same sign, ${Math.abs(here.mean) > Math.abs(page.mean) ? "larger" : "smaller"} here`
        : "NOT REPRODUCED"
  return { what, here: inPoints(here), page: inPoints(page), word, good: near && !against }
}

/** The page gives no interval for these: its 50 seeds are taken to vary as ours do. */
function ofMean(mode: Mode, standings: Standings, measure: Measure): Verdict {
  const mean = standings.mean(SHIPPED, measure)
  const page = PAGE[mode][measure]
  const { half } = standings.estimate(SHIPPED, measure)
  const deviation = standings.deviation(SHIPPED, measure)
  const good = overlap(
    { mean, half },
    { mean: page, half: (studentT(PAGE_SEEDS - 1) * deviation) / Math.sqrt(PAGE_SEEDS) },
  )
  return {
    what: `${mode}: ${measure}, shipped`,
    here: `${mean.toFixed(1)} ± ${half.toFixed(1)}`,
    page: page.toFixed(1),
    word: good ? "reproduced" : `${mean > page ? "higher" : "lower"} here`,
    good,
  }
}
