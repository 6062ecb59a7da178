import type { WatchReceipt } from "../domain/receipt.ts"
import type { Run } from "../ledger/ledger.ts"
import type { Watched } from "../operations/watch-once.ts"
import { blockerLines, warningLines } from "./findings.ts"
import { duration, until } from "./layout/duration.ts"
import { count, type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { percent } from "./layout/percent.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"
import { storeLines } from "./stores.ts"
import { doneFields, switchLines } from "./switch.ts"
import { clientName } from "./words/client-name.ts"
import { reasonText } from "./words/reason.ts"

/** `aim <client> watch --once` for a person: what came of the tick, and what is wrong. */
export function watchLines({ ok, receipt, run }: Watched, frame: Frame): string[] {
  const { selectionReceipt: selection, stores, warnings, blockers } = receipt
  if (selection !== undefined) {
    const whole = { ...selection, stores, warnings }
    const lines = switchLines({ ok, dryRun: false, receipt: whole }, frame)
    return [...lines, ...fields(runFields(run), frame, "  ")]
  }
  const client = clientName(receipt.action.replace(/_watch$/, ""))
  return [
    headline(receipt, client, frame),
    ...fields(
      [
        ...leftFields(receipt),
        ...unreadFields(receipt),
        ...runFields(run),
        ...doneFields(receipt, client),
      ],
      frame,
      "  ",
    ),
    ...storeLines(stores, frame).map((line) => `  ${line}`),
    ...blockerLines(blockers, frame),
    ...warningLines(warnings, frame),
  ]
}

function headline(receipt: WatchReceipt, client: string, frame: Frame): string {
  const { status, currentLabelAfter: label, decision } = receipt
  if (status === "blocked") return paint(frame, "red", plain(`${client} is left as it is`))
  const why = decision === undefined ? "" : `: ${reasonText(decision.reason, label)}`
  return plain(`${label ?? client} stays${why}`)
}

function leftFields(receipt: WatchReceipt): Field[] {
  const { primaryRemainingPctBefore: five, secondaryRemainingPctBefore: week } = receipt
  const left = [
    five === null ? [] : `5h ${percent(five)}`,
    week === null ? [] : `week ${percent(week)}`,
  ]
  return [["left", left.flat().join(", ") || null]]
}

/** For how long no reading has come, once the warning of that was given. */
function unreadFields({ observedAt, unreachableSince, waitUntil }: WatchReceipt): Field[] {
  const at = Date.parse(observedAt)
  if (unreachableSince === undefined || unreachableSince === observedAt) return []
  const wait =
    waitUntil === undefined ? "" : `, rate-limited; asked again ${until(Date.parse(waitUntil), at)}`
  return [["no reading", `for ${duration(at - Date.parse(unreachableSince))}${wait}`, "yellow"]]
}

/** Since when a watch has come to the same decision, where this is not the first time. */
function runFields(run: Run | null): Field[] {
  if (run === null || run.count === 1) return []
  const { firstAt, lastAt, count: ticks } = run
  return [["the same", `for ${duration(lastAt - firstAt)}, ${count(ticks, "look")}`]]
}
