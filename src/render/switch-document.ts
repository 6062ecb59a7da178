import type { Finding, SelectionReceipt } from "../domain/receipt.ts"
import type { Activation } from "../operations/activate.ts"
import { findingHint, findingText } from "./words/finding.ts"

/** What was written, by the reference's names. */
function wroteOf(receipt: SelectionReceipt): object {
  if ("authPath" in receipt) return { auth: receipt.wroteAuthJson }
  return { credentials: receipt.wroteCredentialsJson, appState: receipt.wroteAppStateJson }
}

/** `aim <client> use` for programs: the reference's `activated`, and the first blocker as the error. */
export function switchDocument({ ok, dryRun, receipt }: Activation): object {
  return {
    ok,
    ...failureIn(ok, receipt.blockers),
    ...(dryRun ? { dryRun } : {}),
    activated: { status: receipt.status, receipt, wrote: wroteOf(receipt) },
  }
}

/** The `error` of a document: the first of the blockers, where there is any. */
export function failureIn(ok: boolean, [blocker]: readonly Finding[]): object {
  if (ok || blocker === undefined) return {}
  const hint = findingHint(blocker)
  const message = findingText(blocker)
  return { error: { code: blocker.kind, message, ...(hint === null ? {} : { hint }) } }
}
