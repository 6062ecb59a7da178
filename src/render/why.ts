import type { Burn } from "../domain/choice/burn.ts"
import type { Choice } from "../domain/choice/types.ts"
import type { Why } from "../operations/why.ts"
import { MINUTE } from "../system/time.ts"
import { duration, until } from "./layout/duration.ts"
import { type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { paint } from "./layout/style.ts"
import { verdictText } from "./verdict.ts"
import { pace, termsTable } from "./why-table.ts"

/** `aim why` for a person at `at` (epoch ms): the terms of every label, then the verdict. */
export function whyLines(
  { choice, current, burn, target }: Why,
  at: number,
  frame: Frame,
): string[] {
  if (choice.terms.length === 0)
    return ["There is no label to choose from. `aim status` says what to do first."]
  return [
    ...termsTable(choice.terms, current, frame),
    "",
    paint(frame, "bold", verdictText(choice, current, target)),
    "",
    ...fields(
      [
        ["reason", [choice.reason, ...choice.alsoReasons].join(", ")],
        ...numberFields(choice, current),
        ["frees up", freesUp(choice.earliestResetAt, at)],
        ["burn", burnText(burn)],
      ],
      frame,
    ),
    "",
    ...LEGEND.map((line) => paint(frame, "dim", line)),
  ]
}

const LEGEND = [
  "serve: may be chosen.  carry: lasts through the work that starts now.",
  "5h, week: units left, of which a 1x plan has 100 in 5h.  lasts, peak: at mean",
  "and peak burn.  pace: percent of the week an hour, to use it up by its reset.",
]

function numberFields(
  { numbers, considered, kept, label }: Choice,
  current: string | null,
): Field[] {
  const other = considered === null || considered === current ? null : considered
  const gain = numbers.paceGain === null ? "" : ` (${numbers.paceGain.toFixed(2)} times)`
  return [
    current === null || numbers.currentRunwayMinutesAtMean === null
      ? ["", null]
      : [
          current,
          facts(
            numbers.currentRunwayMinutesAtMean,
            numbers.currentRunwayMinutesAtPeak,
            numbers.currentPacePctPerMinute,
          ),
        ],
    other === null || numbers.targetPacePctPerMinute === null
      ? ["", null]
      : [
          other,
          facts(
            numbers.targetRunwayMinutesAtMean,
            numbers.targetRunwayMinutesAtPeak,
            numbers.targetPacePctPerMinute,
          ) + (kept || label === other ? gain : ""),
        ],
    ["to carry", `${duration(numbers.horizonMinutes * MINUTE)} at the mean burn is asked for`],
  ]
}

function facts(mean: number | null, peak: number | null, perMinute: number | null): string {
  const rate = perMinute === null ? "" : `, pace ${pace(perMinute)} % an hour`
  return `lasts ${runway(mean)}, ${runway(peak)} at peak${rate}`
}

/** When the first label that is spent or cooling can serve again. */
function freesUp(earliest: number | null, at: number): string | null {
  return earliest === null
    ? null
    : `${until(earliest, at)}, the soonest of what is spent or cooling`
}

function runway(minutes: number | null): string {
  return minutes === null ? "without end" : duration(minutes * MINUTE)
}

/** How fast the consumer uses quota, and whether anybody has seen it do so. */
function burnText({ mean, peak, measured, slopes, idleMinutes }: Burn): string {
  const hourly = (perMinute: number) => Math.round(perMinute * 60)
  const rate = `${hourly(mean)} units an hour, ${hourly(peak)} at peak`
  if (!measured) return `${rate}: assumed, nothing has been measured yet`
  const idle = idleMinutes < 1 ? "" : `; idle for ${duration(idleMinutes * MINUTE)}`
  return `${rate}: measured over ${slopes} stretch${slopes === 1 ? "" : "es"} of use${idle}`
}

/** `aim why` for programs: the choice as it was made, and the reading behind each label. */
export function whyDocument({ target, current, choice, burn, views }: Why): object {
  const readings = views.map(({ key, reading, outcome, detail }) => ({
    label: key.label,
    outcome,
    detail,
    reading,
  }))
  return { ok: true, target, current, choice, burn, readings }
}
