import { type Finding, filesWritten, type SelectionReceipt } from "../domain/receipt.ts"
import { wireText } from "../domain/wire-text.ts"
import type { Activation } from "../operations/activate.ts"
import { blockerLines, warningLines } from "./findings.ts"
import { until } from "./layout/duration.ts"
import { type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"
import { storeLines } from "./stores.ts"
import { clientName } from "./words/client-name.ts"
import { reasonText } from "./words/reason.ts"

/** `aim <client> use` for a person: what came of it, what was done on the way, what is wrong. */
export function switchLines({ receipt, dryRun }: Activation, frame: Frame): string[] {
  return [
    headline(receipt, dryRun, frame),
    ...fields([...doneFields(receipt, clientOf(receipt)), ...fileFields(receipt)], frame, "  "),
    ...untouched(receipt.status, dryRun),
    ...storeLines(receipt.stores, frame).map((line) => `  ${line}`),
    ...blockerLines(
      receipt.blockers.map((blocker) => withCountdown(blocker, receipt)),
      frame,
    ),
    ...warningLines(receipt.warnings, frame),
  ]
}

/** A person reads when the first label frees up, not at which instant of UTC. */
function withCountdown(finding: Finding, { observedAt }: SelectionReceipt): Finding {
  const reset = Date.parse(String(finding.earliestResetAt))
  if (finding.kind !== "nothing_can_serve" || Number.isNaN(reset)) return finding
  const when = until(reset, Date.parse(observedAt))
  return { ...finding, hint: `the first label frees up ${when}; \`aim why\` shows them all` }
}

/** The first line: from where to where, or why not, with the reason in words. */
function headline(receipt: SelectionReceipt, dryRun: boolean, frame: Frame): string {
  const { status, previousLabel: from, decision } = receipt
  if (status === "blocked") {
    const client = clientOf(receipt)
    const stays = from === undefined ? `${client} is left as it is` : `${client} stays on ${from}`
    return paint(frame, "red", plain(`${dryRun ? "would not switch" : "not switched"}: ${stays}`))
  }
  const why = decision === undefined ? "" : `: ${reasonText(decision.reason, from ?? null)}`
  return plain(`${moveText(receipt, dryRun)}${why}`)
}

function moveText(receipt: SelectionReceipt, dry: boolean): string {
  const { status, previousLabel: from, label: to } = receipt
  if (status === "noop") return dry ? `${to} would stay` : `${to} stays`
  if (from === to && !dry && filesWritten(receipt).length === 0) return `${to} stays`
  if (from === to) return dry ? `would write ${to} again` : `${to} stays, with its newest login`
  if (from === undefined) return dry ? `would switch to ${to}` : `switched to ${to}`
  return dry ? `would switch ${from} -> ${to}` : `${from} -> ${to}`
}

/** What was taken in from a client and what was renewed on the way. */
export function doneFields(
  { captured, refreshed }: Pick<SelectionReceipt, "captured" | "refreshed">,
  client: string,
): Field[] {
  return [
    ...captured.map(
      ({ label, store, reason }): Field => [
        "captured",
        reason === "adopted"
          ? `${label}: the login in ${store} is this label from now on`
          : `${label}: ${client} had renewed its login in ${store}; the vault has it now`,
      ],
    ),
    ...refreshed.filter(({ outcome }) => outcome !== "deferred").map(refreshedField),
  ]
}

function fileFields(receipt: SelectionReceipt): Field[] {
  const { replacedLoginKeptAt: kept } = receipt
  const written = filesWritten(receipt)
  return [
    ["kept", kept === undefined ? null : `the replaced login, in ${kept}`],
    ["wrote", written.length > 0 ? written.join(", ") : null],
  ]
}

/** The client that a receipt is of: its action is the client's word and `_use`. */
function clientOf({ action }: SelectionReceipt): string {
  return clientName(action.replace(/_use$/, ""))
}

function untouched(status: string, dryRun: boolean): string[] {
  if (dryRun) return ["  a dry run: nothing was written"]
  return status === "noop" ? ["  nothing to do: no file was touched"] : []
}

function refreshedField(each: { label: string; outcome: string; detail?: string }): Field {
  const { label, outcome, detail } = each
  if (outcome === "refreshed") return ["refreshed", label]
  if (outcome === "taken") return ["refreshed", `${label}, by the authority that it came from`]
  const why = detail === undefined ? "" : ` (${wireText(detail)})`
  return ["refresh", `${label}: ${outcome.replaceAll("_", " ")}${why}`, "yellow"]
}
