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
  for (const layout of LAYOUTS) {
    const { columns, rows } = laidOut(status, at, layout, frame)
    if (layout === LAYOUTS.at(-1) || naturalWidth(columns, rows) <= frame.width)
      return table(columns, rows, frame)
  }
  return []
}

function laidOut(status: Status, at: number, layout: Layout, frame: Frame) {
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
  const rows = status.accounts.map((account): Cell[] => {
    const [five, week] = [windowOf(account, "5h"), windowOf(account, "weekly")]
    return [
      account.label,
      { text: account.operator.status, style: READY[account.operator.status] },
      ...(layout.plan ? [planOf(account)] : []),
      usedCell(five, layout.bar, frame),
      resetCell(five, at),
      usedCell(week, layout.bar, frame),
      resetCell(week, at),
      ageCell(account),
      noteCell(account, status, at),
    ]
  })
  return { columns, rows }
}

/** The most used window of a kind; null where there is none. */
function windowOf({ usage }: AccountStatus, kind: string) {
  const windows = usage.windows.filter((window) => window.kind === kind)
  return windows.sort((a, b) => b.usedPercent - a.usedPercent)[0] ?? null
}

function planOf({ usage }: AccountStatus): Cell {
  return usage.plan ?? { text: NOTHING, style: "dim" }
}
