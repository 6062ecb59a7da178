import type { JsonObject } from "../domain/login.ts"
import type { Finding } from "../domain/receipt.ts"
import type { HistoryItem } from "../operations/history.ts"
import { blockerLines, warningLines } from "./findings.ts"
import { ago } from "./layout/duration.ts"
import { fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { actOf, causeOf, moveOf, words } from "./words/receipt-words.ts"

/** Said in the head of the page, or as findings below it. */
const SAID = [
  "action",
  "status",
  "observedAt",
  "label",
  "previousLabel",
  "from",
  "currentLabelBefore",
  "currentLabelAfter",
]
const FINDINGS = ["warnings", "blockers"]

/** `aim history show` for a person at `now` (epoch ms): the whole receipt in words. */
export function receiptLines(item: HistoryItem, now: number, frame: Frame): string[] {
  const { receipt, run } = item
  const rest = Object.entries(receipt).filter(
    ([key]) => !SAID.includes(key) && !FINDINGS.includes(key),
  )
  const then = moveOf(receipt)
  const renamed = item.label === null || item.label === receipt.label ? null : item.label
  return [
    ...fields(
      [
        ["receipt", String(item.id)],
        ["act", actOf(item.action)],
        ["when", `${ago(Date.parse(item.at), now)} (${item.at})`],
        ["target", item.target],
        ["label", then === "" ? null : then],
        ["called now", renamed],
        ["status", item.status.replaceAll("_", " ")],
        ["why", causeOf(receipt) || null],
        ["again", run === undefined ? null : againText(run)],
      ],
      frame,
    ),
    ...rest.flatMap(([key, value]) => detailLines(words(key), value, "")),
    ...blockerLines(findings(receipt.blockers), frame),
    ...warningLines(findings(receipt.warnings), frame),
  ]
}

/** A watch that came to the same decision tick after tick: how often, from when to when. */
function againText({ since, until, ticks }: NonNullable<HistoryItem["run"]>): string {
  return ticks === 1 ? "once" : `${ticks} times from ${since} to ${until}`
}

/** A value under its name; what is empty says nothing and is left out. */
function detailLines(name: string, value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object" || item === null))
      return value.length === 0 ? [] : [line(indent, name, value.map(scalar).join(", "))]
    return value.flatMap((item, at) => detailLines(`${name} ${at + 1}`, item, indent))
  }
  if (typeof value !== "object" || value === null)
    return value == null || value === "" ? [] : [line(indent, name, scalar(value))]
  const inner = Object.entries(value).flatMap(([key, item]) =>
    detailLines(words(key), item, `${indent}  `),
  )
  return inner.length === 0 ? [] : [`${indent}${plain(name)}:`, ...inner]
}

function line(indent: string, name: string, value: string): string {
  return `${indent}${plain(name)}: ${plain(value)}`
}

function scalar(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (typeof value === "number") return String(Math.round(value * 100) / 100)
  return String(value)
}

function findings(value: unknown): Finding[] {
  const list = Array.isArray(value) ? value : []
  return list.filter((item): item is Finding => typeof (item as JsonObject)?.kind === "string")
}
