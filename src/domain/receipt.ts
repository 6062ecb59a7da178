import type { InferOutput } from "valibot"
import type { Problem } from "../system/errors.ts"
import type { JsonObject } from "./login.ts"
import type * as schema from "./receipt-schema.ts"

export type ReceiptStatus = InferOutput<typeof schema.ReceiptStatus>
export type Finding = InferOutput<typeof schema.Finding>
export type Captured = InferOutput<typeof schema.Captured>
export type Decision = InferOutput<typeof schema.Decision>
export type SelectionReceipt = InferOutput<typeof schema.SelectionReceipt>

/** A problem as a finding: code, message and way out under the reference's `kind`. */
export function findingOf(problem: Problem, extra: JsonObject = {}): Finding {
  return {
    kind: problem.code,
    detail: problem.message,
    ...(problem.hint ? { hint: problem.hint } : {}),
    ...extra,
  }
}
