import type { LabelTerms } from "../domain/choice/types.ts"
import { HOUR, MINUTE } from "../system/time.ts"
import { compact } from "./layout/compact.ts"
import type { Frame } from "./layout/frame.ts"
import { type Cell, type Column, table } from "./layout/table.ts"
import { widthOf } from "./layout/width.ts"
import { NOTHING } from "./layout/window-cell.ts"
import { whyNotText } from "./words/reason.ts"

const COLUMNS = [
  { title: "label", shrinks: true },
  { title: "serve" },
  { title: "carry" },
  { title: "5h", align: "right" },
  { title: "week", align: "right" },
  { title: "lasts", align: "right" },
  { title: "peak", align: "right" },
  { title: "pace", align: "right" },
  { title: "age", align: "right" },
  { title: "", shrinks: true },
] as const satisfies readonly Column[]

/** What is left out of a table that is too wide for the frame, the least needed first. */
const SPARED: readonly (readonly string[])[] = [
  [],
  ["age"],
  ["age", "peak"],
  ["age", "peak", "serve", "carry"],
]

const NONE: Cell = { text: NOTHING, style: "dim" }

/** Every label with the terms that it was judged by, the present one named. */
export function termsTable(
  terms: readonly LabelTerms[],
  current: string | null,
  frame: Frame,
): string[] {
  const rows = terms.map((each) => rowOf(each, current))
  const laidOut = (spared: readonly string[], width: number) => {
    const shown = COLUMNS.map(({ title }) => !spared.includes(title))
    const kept = <T>(list: readonly T[]) => list.filter((_, index) => shown[index])
    return table(kept<Column>(COLUMNS), rows.map(kept), { ...frame, width })
  }
  const spared =
    SPARED.find((each) =>
      laidOut(each, Number.POSITIVE_INFINITY).every((line) => widthOf(line) <= frame.width),
    ) ?? SPARED[0]
  return laidOut(spared ?? [], frame.width)
}

function rowOf(terms: LabelTerms, current: string | null): Cell[] {
  const { label, known, serve, carry, ageMinutes, whyNot } = terms
  const notes = [label === current ? "in use" : "", whyNotText(whyNot)]
  return [
    label,
    yesNo(serve),
    yesNo(carry),
    units(terms.left5Units),
    units(terms.leftWeekUnits),
    known ? runway(terms.runwayMinutesMean) : NONE,
    known ? runway(terms.runwayMinutesPeak) : NONE,
    terms.pacePctPerMinute === null ? NONE : pace(terms.pacePctPerMinute),
    ageMinutes === null ? NONE : compact(ageMinutes * MINUTE),
    notes.filter((note) => note !== "").join(", "),
  ]
}

/** Weekly percent an hour: per minute it would be all zeros. */
export function pace(perMinute: number): string {
  const perHour = (perMinute * HOUR) / MINUTE
  return perHour < 10 ? perHour.toFixed(2) : perHour.toFixed(1)
}

/** How long a label lasts; a known one without a number has no end in sight. */
function runway(minutes: number | null): string {
  return minutes === null ? "no end" : compact(minutes * MINUTE)
}

function units(left: number | null): Cell {
  return left === null ? NONE : String(Math.max(0, Math.floor(left)))
}

function yesNo(yes: boolean): Cell {
  return yes ? { text: "yes", style: "green" } : { text: "no", style: "dim" }
}
