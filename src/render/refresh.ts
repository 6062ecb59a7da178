import type { RefreshedLabel, RefreshResult } from "../operations/refresh-labels.ts"
import { isGood } from "../pool/refresh-outcome.ts"
import { hintLines } from "./findings.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"
import { pad, widthOf } from "./layout/width.ts"
import { storeLines } from "./stores.ts"
import { refreshHint, refreshText } from "./words/refresh.ts"

/** `aim refresh` for a person: a line a label, then the stores that were brought up to date. */
export function refreshLines(result: RefreshResult, frame: Frame): string[] {
  const { labels, recovered, stores } = result
  const finished = recovered.filter((each) => !labels.includes(each))
  const all = [...finished, ...labels]
  if (all.length === 0) return ["There is no enabled label to refresh."]
  const width = Math.max(...all.map(({ label }) => widthOf(label)))
  return [
    ...finished.flatMap((each) => [
      `${pad(each.label, width, "left")}  finished an interrupted refresh: ${phrase(each, frame)}`,
    ]),
    ...labels.flatMap((each) => [
      `${pad(each.label, width, "left")}  ${phrase(each, frame)}`,
      ...hintLines(refreshHint(each.label, each.outcome), frame),
    ]),
    ...storeLines(stores, frame),
  ]
}

function phrase({ outcome }: RefreshedLabel, frame: Frame): string {
  const style = outcome.kind === "refreshed" ? "green" : isGood(outcome) ? undefined : "yellow"
  return paint(frame, style, plain(refreshText(outcome)))
}

/** `aim refresh` for programs: each label's outcome with its fields side by side. */
export function refreshDocument({ ok, labels, recovered, stores }: RefreshResult): object {
  return { ok, labels: labels.map(flat), recovered: recovered.map(flat), stores }
}

function flat({ label, outcome: { kind, ...rest } }: RefreshedLabel): object {
  return { label, outcome: kind, ...rest }
}
