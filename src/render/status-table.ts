import type { AccountStatus } from "../operations/status-account.ts"
import type { Status } from "../operations/status-document.ts"
import type { Frame } from "./frame.ts"
import { ageCell, noteCell } from "./status-note.ts"
import type { Style } from "./style.ts"
import { type Cell, type Column, naturalWidth, table } from "./table.ts"
import { NOTHING, resetCell, usedCell } from "./window-cell.ts"

/** How much is shown: the first layout that fits the frame is taken, else the last. */
const LAYOUTS: readonly Layout[] = [
  { bar: 10, plan: true },
  { bar: 6, plan: true },
  { bar: 4, plan: true },
  { bar: 0, plan: true },
  { bar: 0, plan: false },
  { bar: 0, plan: false, short: true },
]
type Layout = { bar: number; plan: boolean; short?: boolean }

const READY: Readonly<Record<string, Style>> = { ready: "green", reauth: "yellow", blocked: "red" }

/** Every label in a row, in the order of the status value. */
export function statusTable(status: Status, at: number, frame: Frame): string[] {
  const lines = status.accounts.map((account) => lineOf(account, status, at))
  for (const layout of LAYOUTS) {
    const { columns, rows } = laidOut(lines, layout, frame)
    if (layout === LAYOUTS.at(-1) || naturalWidth(columns, rows) <= frame.width)
      return table(columns, rows, frame)
  }
  return []
}

/** What every layout shows of a label. */
function lineOf(account: AccountStatus, status: Status, at: number) {
  const { label, operator, usage } = account
  const [five, week] = [windowOf(usage.windows, "5h"), windowOf(usage.windows, "weekly")]
  return {
    label,
    login: { text: operator.status, style: READY[operator.status] },
    plan: usage.plan ?? ({ text: NOTHING, style: "dim" } as const),
    five,
    week,
    fiveReset: resetCell(five, at),
    weekReset: resetCell(week, at),
    age: ageCell(account),
    note: noteCell(account, status, at),
  }
}

function laidOut(lines: readonly ReturnType<typeof lineOf>[], layout: Layout, frame: Frame) {
  const used = layout.short ? "" : " used"
  const columns: Column[] = [
    { title: "label", shrinks: true },
    { title: "login" },
    ...(layout.plan ? [{ title: "plan", shrinks: true }] : []),
    { title: `5h${used}`, align: layout.bar === 0 ? "right" : "left" },
    { title: "reset", align: "right" },
    { title: `week${used}`, align: layout.bar === 0 ? "right" : "left" },
    { title: "reset", align: "right" },
    { title: "age", align: "right" },
    { title: "", shrinks: true },
  ]
  const rows = lines.map((line): Cell[] => [
    line.label,
    line.login,
    ...(layout.plan ? [line.plan] : []),
    usedCell(line.five, layout.bar, frame),
    line.fiveReset,
    usedCell(line.week, layout.bar, frame),
    line.weekReset,
    line.age,
    line.note,
  ])
  return { columns, rows }
}

/** The most used window of a kind; null where there is none. */
function windowOf(windows: AccountStatus["usage"]["windows"], kind: string) {
  const alike = windows.filter((window) => window.kind === kind)
  return alike.sort((a, b) => b.usedPercent - a.usedPercent)[0] ?? null
}
