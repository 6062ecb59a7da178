import type { Mode } from "./policy.ts"
import type { Estimate } from "./spread.ts"
import type { Measure } from "./standings.ts"

/** What reference/choice-policy.md §2 tells of its policy `R7h`: means over 50 seeds. */
type Figures = Record<Measure, number> & { deviation: number }

export const PAGE_SEEDS = 50

export const PAGE: Record<Mode, Figures> = {
  watch: figures(91.4, 9.0, 311, 239, 4.0, 96, 10.2),
  gate: figures(93.2, 8.4, 246, 12, 1.7, 75, 7.7),
  use: figures(81.8, 8.4, 719, 654, 20.9, 26, 3.0),
}

/** By how many points of demand served the page's policy leads, with its 95 % interval. */
export const PAGE_LEADS: Record<Mode, Readonly<Record<string, Estimate>>> = {
  watch: {
    "R1 round robin": { mean: 2.4, half: 0.3 },
    "R2 reference watch": { mean: 10.47, half: 0.85 },
    "R2b sees spent weeks": { mean: 2.96, half: 0.24 },
    "R3 lowest maximum used": { mean: 8.51, half: 0.87 },
    "R4 soonest reset": { mean: 3.84, half: 0.17 },
    "R5 until spent": { mean: 4.51, half: 0.61 },
  },
  gate: {
    "R1 round robin": { mean: 1.9, half: 0.41 },
    "R2 reference watch": { mean: 1.7, half: 0.34 },
    "R2b sees spent weeks": { mean: 2.14, half: 0.44 },
    "R3 lowest maximum used": { mean: 8.99, half: 1.32 },
    "R4 soonest reset": { mean: 3.42, half: 0.68 },
    "R5 until spent": { mean: 1.35, half: 0.27 },
  },
  use: {
    "R1 round robin": { mean: 7.87, half: 0.99 },
    "R2 reference watch": { mean: 7.41, half: 0.84 },
    "R2b sees spent weeks": { mean: 7.41, half: 0.84 },
    "R3 lowest maximum used": { mean: 7.32, half: 0.86 },
    "R4 soonest reset": { mean: 6.75, half: 0.92 },
    "R5 until spent": { mean: 6.74, half: 0.47 },
  },
}

/** Of its ablations, in points of demand served beside the shipped one; those without ± ± 0.5. */
export const PAGE_UNSIZED: Partial<Record<Mode, Estimate>> = {
  watch: { mean: 0.74, half: 0.5 },
  gate: { mean: 0, half: 0.5 },
}

function figures(
  served: number,
  deviation: number,
  stalled: number,
  needless: number,
  unused: number,
  switches: number,
  reread: number,
): Figures {
  return { served, deviation, stalled, needless, unused, switches, reread }
}
