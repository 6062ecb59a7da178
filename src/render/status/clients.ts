import type { JsonObject } from "../../domain/login.ts"
import type { Status } from "../../operations/status/document.ts"
import { ago } from "../layout/duration.ts"
import { count, type Field, fields } from "../layout/fields.ts"
import type { Frame } from "../layout/frame.ts"
import { plain } from "../layout/plain.ts"
import { providerWord } from "../words/provider-word.ts"

/** Where labels came from, and the clients that aim only knows from its vault. */
export function clientLines(status: Status, at: number, frame: Frame): string[] {
  return fields([...importFields(status, at), ...storedClients(status, at)], frame)
}

/** `--assignments`: who is on which label, as the vault has it. */
export function assignmentLines({ openclaw, hermesFleet }: Status): string[] {
  const agents = Object.entries(openclaw.assignments).sort()
  const excluded = Object.entries(openclaw.exclusions).sort()
  const homes = hermesFleet.homes.map(({ homeId, currentLabel }) => [homeId, currentLabel ?? "--"])
  const list = (title: string, pairs: (readonly string[])[], mark: string) =>
    pairs.length === 0 ? [] : [title, ...pairs.map(([a, b]) => plain(`  ${a} ${mark} ${b}`))]
  const lines = [
    ...list("OpenClaw assignments", agents, "->"),
    ...list("OpenClaw exclusions", excluded, "left out:"),
    ...list("Hermes homes", homes, "->"),
  ]
  return lines.length === 0 ? ["No assignments are stored."] : lines
}

function importFields({ imports: { authority } }: Status, at: number): Field[] {
  return Object.entries(authority).flatMap(
    ([client, { source, importedAt, labels, dirtyLabels }]): Field[] => {
      if (labels.length === 0) return []
      const when = importedAt === null ? Number.NaN : Date.parse(importedAt)
      const since = Number.isNaN(when) ? "" : `, ${ago(when, at)}`
      const dirty =
        dirtyLabels.length === 0 ? "" : `; changed here since: ${dirtyLabels.join(", ")}`
      return [
        [
          "imported",
          `${count(labels.length, `${providerWord(client)} label`)} from ${source ?? "?"}${since}${dirty}`,
        ],
      ]
    },
  )
}

function storedClients(status: Status, at: number): Field[] {
  const { openclaw, hermesFleet } = status
  const agents = Object.keys(openclaw.assignments).length
  const stored = "as stored; not written by this aim yet"
  return [
    [
      "openclaw",
      agents === 0 && openclaw.lastApplyReceipt === null
        ? null
        : `${count(agents, "agent")}${rebalanced(openclaw.lastApplyReceipt, at)} (${stored})`,
    ],
    [
      "hermes",
      hermesFleet.homeCount === 0
        ? null
        : `${count(hermesFleet.homeCount, "home")}${rebalanced(hermesFleet.lastApplyReceipt, at)} (${stored})`,
    ],
  ]
}

/** How the last rebalance ended, and when. */
function rebalanced(receipt: JsonObject | null, at: number): string {
  const { status, observedAt } = receipt ?? {}
  if (typeof status !== "string") return ""
  const when = typeof observedAt === "string" ? Date.parse(observedAt) : Number.NaN
  return `, last rebalance ${status.replaceAll("_", " ")}${Number.isNaN(when) ? "" : ` ${ago(when, at)}`}`
}
