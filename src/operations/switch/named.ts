import { asObject, labelsOf, providerOf } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { readinessOf } from "../../domain/readiness-of.ts"
import type { Finding } from "../../domain/receipt.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { now } from "../../system/clock.ts"
import type { Target } from "../../targets/target.ts"
import { type KeptOut, keptOutFindings } from "./kept-out.ts"
import type { Observed } from "./observe.ts"

/** The label to move to, or why there is none. */
export type Decided =
  | { label: Label; kept: boolean; blockers: readonly [] }
  | { label: null; kept: false; blockers: Finding[] }

/** A label that can't go into the store, by its own state (`out` empty) or the store's. */
export type Unfit = { kind: "unfit"; reason: string; out: KeptOut[] }

/**
 * The label that was named, if it has a login at all. One that is disabled, blocked by hand or spent
 * is switched to all the same: the operator has said so (aimgr 4404b27 §5.3).
 */
export async function named(
  pool: Pool,
  target: Target,
  { current }: Observed,
  label: Label,
): Promise<Decided> {
  const { document } = await pool.vault.read()
  const blocked = (finding: Finding): Decided => ({ label: null, kept: false, blockers: [finding] })
  const account = asObject(document.accounts[label])
  if (account === null || providerOf(account) !== target.provider) {
    const known = labelsOf(document, target.provider)
    const detail = `\`${label}\` is no label of ${target.provider}`
    const hint = `the labels are: ${known.join(", ") || "none yet"}`
    return blocked({ kind: "activation_failed", reason: "activation_failed", label, detail, hint })
  }
  const { status, code, reason, mend } = readinessOf(document, keyOf(target.provider, label), now())
  const stands = status === "ready" || code === "blocked"
  if (stands) return { label, kept: label === current, blockers: [] }
  const kind = code === "conflict" ? "activation_failed" : code
  return blocked({
    kind,
    reason: kind,
    label,
    detail: reason,
    ...(mend === null ? {} : { hint: mend }),
  })
}

/** Why the named label could not be written, in the reference's codes. */
export function unfitNamed(target: Target, label: Label, { out, reason }: Unfit): Finding[] {
  if (out.length > 0)
    return keptOutFindings(target, out).map((finding) => ({ ...finding, reason: finding.kind }))
  const kind = reason === "no_login" ? "missing_credentials" : "expired_credentials"
  return [
    {
      kind,
      reason: kind,
      label,
      detail: `the login of \`${label}\` has run out and could not be renewed (${reason})`,
      hint: `aim login ${label}`,
    },
  ]
}
