import type { Finding } from "../../domain/receipt.ts"
import { findingText } from "./finding.ts"
import { reasonText } from "./reason.ts"

/** What a tick's receipt tells in one line; it may be the reference program's, or a later aim's. */
type Told = {
  status?: unknown
  currentLabelAfter?: unknown
  decision?: { reason?: unknown }
  blockers?: readonly Finding[]
}

/** What a tick came to: its status, the label that serves, and why. */
export function tickText(receipt: object): string {
  const { status, currentLabelAfter, decision, blockers }: Told = receipt
  const label = typeof currentLabelAfter === "string" ? currentLabelAfter : null
  const [blocker] = Array.isArray(blockers) ? blockers : []
  const reason = typeof decision?.reason === "string" ? reasonText(decision.reason, label) : null
  const why = status === "blocked" && blocker !== undefined ? findingText(blocker) : reason
  const head = [typeof status === "string" ? status : "unknown", label].filter(Boolean).join(" ")
  return why === null ? head : `${head}: ${why}`
}
