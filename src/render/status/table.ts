import type { AccountStatus } from "../../operations/status/account.ts"
import type { Status } from "../../operations/status/document.ts"
import type { Frame } from "../layout/frame.ts"
import type { Style } from "../layout/style.ts"
import { type Cell, type Column, measured, naturalWidth, table } from "../layout/table.ts"
import { NOTHING, resetCell, usedCell } from "../layout/window-cell.ts"
import { planText } from "../words/plan.ts"
import { providerWord } from "../words/provider-word.ts"
import { ageCell, noteCell } from "./note.ts"

/** How much is shown: the first layout that fits the frame is taken, else the last. */
const LAYOUTS: readonly Layout[] = [
  { bar: 10, plan: true },
  { bar: 6, plan: true },
  { bar: 4, plan: true },
  { bar: 0, plan: true },
  { bar: 0, plan: true, short: true },
  { bar: 0, plan: false },
  { bar: 0, plan: false, short: true },
]
type Layout = { bar: number; plan: boolean; short?: boolean }

const NONE: Cell = { text: NOTHING, style: "dim" }
const READY: Readonly<Record<string, Style>> = { ready: "green", reauth: "yellow", blocked: "red" }

/**
 * Every label in a row, in the order of the status value. Where there are labels of several
 * providers, each has a section of its own, under titles of its own.
 */
export function statusTable(status: Status, at: number, frame: Frame): string[] {
  const providers = [...new Set(status.accounts.map(({ provider }) => provider))].sort(bySection)
  const sections = providers.map((provider) => ({
    title: providers.length === 1 ? "label" : providerWord(provider),
    lines: status.accounts
      .filter((account) => account.provider === provider)
      .map((account) => lineOf(account, status, at)),
  }))
  for (const layout of LAYOUTS) {
    const { columns, rows } = laidOut(sections, layout, frame)
    if (layout === LAYOUTS.at(-1) || naturalWidth(columns, rows) <= frame.width)
      return table(columns, rows, frame)
  }
  return []
}

/** What every layout shows of a label, measured once for all of them. */
function lineOf(account: AccountStatus, status: Status, at: number) {
  const { label, operator, usage } = account
  const [five, week] = [windowOf(usage.windows, "5h"), windowOf(usage.windows, "weekly")]
  return {
    label: measured(label),
    login: measured({ text: operator.status, style: READY[operator.status] }),
    plan: measured(usage.plan === null ? NONE : planText(usage.plan)),
    five,
    week,
    fiveReset: measured(resetCell(five, at)),
    weekReset: measured(resetCell(week, at)),
    age: measured(ageCell(account)),
    note: measured(noteCell(account, status, at)),
  }
}

type Section = { title: string; lines: ReturnType<typeof lineOf>[] }

function laidOut(sections: readonly Section[], layout: Layout, frame: Frame) {
  const used = layout.short ? "" : " used"
  const columns: Column[] = [
    { title: sections[0]?.title ?? "", shrinks: true },
    { title: "login" },
    ...(layout.plan ? [{ title: "plan", shrinks: true }] : []),
    { title: `5h${used}`, align: layout.bar === 0 ? "right" : "left" },
    { title: "reset", align: "right" },
    { title: `week${used}`, align: layout.bar === 0 ? "right" : "left" },
    { title: "reset", align: "right" },
    { title: "age", align: "right" },
    { title: "", shrinks: true },
  ]
  const titles = columns.slice(1).map(({ title }): Cell => ({ text: title, style: "dim" }))
  const rows = sections.flatMap(({ title, lines }, index): Cell[][] => [
    ...(index === 0 ? [] : [[], [{ text: title, style: "dim" } as const, ...titles]]),
    ...lines.map((line) => rowOf(line, layout, frame)),
  ])
  return { columns, rows }
}

function rowOf(line: ReturnType<typeof lineOf>, layout: Layout, frame: Frame): Cell[] {
  return [
    line.label,
    line.login,
    ...(layout.plan ? [line.plan] : []),
    usedCell(line.five, layout.bar, frame),
    line.fiveReset,
    usedCell(line.week, layout.bar, frame),
    line.weekReset,
    line.age,
    line.note,
  ]
}

/** Codex first, then Claude, then what aim does not know. */
function bySection(a: string, b: string): number {
  const place = (provider: string) => ["openai-codex", "anthropic"].indexOf(provider) >>> 0
  return place(a) - place(b)
}

/** The most used window of a kind; null where there is none. */
function windowOf(windows: AccountStatus["usage"]["windows"], kind: string) {
  const alike = windows.filter((window) => window.kind === kind)
  return alike.sort((a, b) => b.usedPercent - a.usedPercent)[0] ?? null
}
