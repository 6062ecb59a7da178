import type { InferOutput } from "valibot"
import type { Problem } from "../system/errors.ts"
import type { JsonObject } from "./login.ts"
import type * as schema from "./receipt/schema.ts"
import type * as watch from "./receipt/watch-schema.ts"

export type ReceiptStatus = InferOutput<typeof schema.ReceiptStatus>
export type Finding = InferOutput<typeof schema.Finding>
export type Captured = InferOutput<typeof schema.Captured>
export type Decision = InferOutput<typeof schema.Decision>
export type PreSwitchSync = InferOutput<typeof schema.PreSwitchSync>
export type SelectionReceipt = InferOutput<typeof schema.SelectionReceipt>
export type WatchReceipt = InferOutput<typeof watch.WatchReceipt>

/** A problem as a finding: code, message and way out under the reference's `kind`. */
export function findingOf(problem: Problem, extra: JsonObject = {}): Finding {
  return {
    kind: problem.code,
    detail: problem.message,
    ...(problem.hint ? { hint: problem.hint } : {}),
    ...extra,
  }
}

/** The files that a switch wrote, by its receipt; none for one that touched nothing. */
export function filesWritten(receipt: SelectionReceipt): string[] {
  if ("authPath" in receipt) return receipt.wroteAuthJson ? [receipt.authPath] : []
  const { credentialsPath, appStatePath, wroteCredentialsJson, wroteAppStateJson } = receipt
  return [
    ...(wroteCredentialsJson ? [credentialsPath] : []),
    ...(wroteAppStateJson ? [appStatePath] : []),
  ]
}
