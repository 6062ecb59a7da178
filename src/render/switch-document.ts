import type { SelectionReceipt } from "../domain/receipt.ts"
import type { Activation } from "../operations/activate.ts"
import { findingHint, findingText } from "./finding-text.ts"

/** What was written, by the reference's names. */
function wroteOf(receipt: SelectionReceipt): object {
  if ("authPath" in receipt) return { auth: receipt.wroteAuthJson }
  return { credentials: receipt.wroteCredentialsJson, appState: receipt.wroteAppStateJson }
}

/** `aim <client> use` for programs: the reference's `activated`, and the first blocker as the error. */
export function switchDocument({ ok, dryRun, receipt }: Activation): object {
  const [blocker] = receipt.blockers
  const hint = blocker === undefined ? null : findingHint(blocker)
  const error =
    ok || blocker === undefined
      ? {}
      : {
          error: {
            code: blocker.kind,
            message: findingText(blocker),
            ...(hint === null ? {} : { hint }),
          },
        }
  return {
    ok,
    ...error,
    ...(dryRun ? { dryRun } : {}),
    activated: { status: receipt.status, receipt, wrote: wroteOf(receipt) },
  }
}
