import type { HistoryItem, HistoryResult } from "../operations/history.ts"
import { hintLines, warningLines } from "./findings.ts"
import { compact } from "./layout/compact.ts"
import { duration } from "./layout/duration.ts"
import type { Frame } from "./layout/frame.ts"
import type { Style } from "./layout/style.ts"
import { type Cell, table } from "./layout/table.ts"
import { actOf, causeOf, moveOf } from "./words/receipt-words.ts"

const STYLES: Readonly<Record<string, Style>> = {
  activated: "green",
  applied: "green",
  activated_with_warnings: "yellow",
  applied_with_warnings: "yellow",
  blocked: "red",
}

/** `aim history` for a person at `now` (epoch ms): one line a receipt. */
export function historyLines({ receipts, warnings }: HistoryResult, now: number, frame: Frame) {
  const newest = receipts[0]
  if (newest === undefined) return ["no receipts", ...warningLines(warnings, frame)]
  return [
    ...table(
      [
        { title: "id", align: "right" },
        { title: "ago", align: "right" },
        { title: "act" },
        { title: "label", shrinks: true },
        { title: "status" },
        { title: "why", shrinks: true },
      ],
      receipts.map((item) => row(item, now)),
      frame,
    ),
    ...warningLines(warnings, frame),
    ...hintLines(`aim history show ${newest.id}`, frame),
  ]
}

function row({ id, at, action, status, receipt, run }: HistoryItem, now: number): Cell[] {
  return [
    String(id),
    compact(now - Date.parse(at)),
    actOf(action),
    moveOf(receipt),
    { text: statusText(status), style: STYLES[status] },
    `${causeOf(receipt)}${runText(run)}`,
  ]
}

/** How often a watch came to this, and over which time; nothing for what happened once. */
function runText(run: HistoryItem["run"]): string {
  if (run === undefined || run.ticks === 1) return ""
  const span = duration(Date.parse(run.until) - Date.parse(run.since))
  return ` (${run.ticks} times in ${span})`
}

/** The long ones would leave no room for why. */
function statusText(status: string): string {
  return status.endsWith("_with_warnings") ? "with warnings" : status.replaceAll("_", " ")
}
