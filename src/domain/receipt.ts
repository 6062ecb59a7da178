import type { Problem } from "../system/errors.ts"
import type { Label } from "./label.ts"
import type { JsonObject } from "./login.ts"

export type ReceiptStatus =
  | "activated"
  | "noop"
  | "activated_with_warnings"
  | "blocked"
  | "applied"
  | "applied_with_warnings"

/** A finding in the reference's form: `kind`, then whatever names the place. */
export type Finding = JsonObject & { kind: string }

/** What was captured out of a client's store into the vault. */
export type Captured = { label: Label; store: string; reason: string; keptAt?: string }

/** Why a label was chosen: the named reason of design §6 with its numbers. */
export type Decision = { reason: string; alsoReasons: string[]; numbers: JsonObject }

/**
 * The record of one switch. Names and nesting are the reference's (`codex_use`, aimgr 4404b27);
 * `decision`, `captured`, `refreshed`, `stores`, `previousLabelInUse` and `adopted` are aim's.
 */
export type SelectionReceipt = {
  action: string
  status: ReceiptStatus
  observedAt: string
  previousLabel?: Label
  label?: Label
  accountId?: string
  keptCurrent: boolean
  reasons: string[]
  authPath: string
  wroteAuthJson: boolean
  warnings: Finding[]
  blockers: Finding[]
  decision?: Decision
  captured: Captured[]
  refreshed: { label: Label; outcome: string }[]
  stores: { store: string; label: Label; outcome: string }[]
  previousLabelInUse?: { label: Label; pid: number; command: string }[]
}

/** A problem as a finding: code, message and way out under the reference's `kind`. */
export function findingOf(problem: Problem, extra: JsonObject = {}): Finding {
  return {
    kind: problem.code,
    detail: problem.message,
    ...(problem.hint ? { hint: problem.hint } : {}),
    ...extra,
  }
}
