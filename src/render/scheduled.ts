import type { Scheduled } from "../operations/schedule-status.ts"
import { parseIso } from "../system/time.ts"
import { warningLines } from "./findings.ts"
import { ago, exactSpan, until } from "./layout/duration.ts"
import { type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { paint } from "./layout/style.ts"
import { pad } from "./layout/width.ts"
import { clientName } from "./words/client-name.ts"
import { tickText } from "./words/tick.ts"

/** `aim schedule status` for a person at `at` (epoch ms). */
export function scheduledLines(watches: readonly Scheduled[], at: number, frame: Frame): string[] {
  const names = Math.max(...watches.map(({ target }) => clientName(target).length))
  return watches.flatMap((watch) => [
    `${paint(frame, "bold", pad(clientName(watch.target), names, "left"))}  ${headline(watch)}`,
    ...fields(watch.installed ? facts(watch, at) : lastFacts(watch, at), frame, "  "),
    ...warningLines(watch.warnings, frame),
  ])
}

function headline({ installed, scope, everySeconds }: Scheduled): string {
  if (!installed) return "no watch is installed"
  const every = everySeconds === null ? "" : `every ${exactSpan(everySeconds)}, `
  return `${every}${scope === "user" ? "by your own manager" : "by the machine's"}`
}

function facts(watch: Scheduled, at: number): Field[] {
  const { active, nextAt, lastAt, lastResult, files, log } = watch
  const [next, last] = [parseIso(nextAt), parseIso(lastAt)]
  const result = lastResult === null || lastResult === "success" ? "" : `, ${lastResult}`
  return [
    active
      ? ["next look", next === null ? null : until(next, at)]
      : ["next look", "none", "yellow"],
    ["last look", last === null ? null : `${ago(last, at)}${result}`],
    ...lastFacts(watch, at),
    ["starts", watch.program],
    ["state", watch.state],
    ...files.map((path): Field => ["file", path]),
    ["log", log],
  ]
}

function lastFacts({ lastReceipt }: Scheduled, at: number): Field[] {
  if (lastReceipt === null) return []
  const since = ago(parseIso(lastReceipt.at) ?? at, at)
  return [["receipt", `${since}, ${tickText(lastReceipt.receipt)}`]]
}
