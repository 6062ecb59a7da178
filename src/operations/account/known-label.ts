import { asObject, type Document, labelsOf, providerOf } from "../../domain/document.ts"
import { type Label, parseLabel } from "../../domain/label.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { fail } from "../../system/errors.ts"

export type KnownLabel = { label: Label; account: JsonObject; provider: ProviderId }

/** An existing label as typed, or a stop that names the labels there are. */
export function knownLabel(document: Document, typed: string): KnownLabel {
  const label = parseLabel(typed)
  const account = Object.hasOwn(document.accounts, label)
    ? asObject(document.accounts[label])
    : null
  if (account === null) {
    const labels = labelsOf(document)
    const hint = labels.length === 0 ? "aim login <label>" : `the labels are: ${labels.join(", ")}`
    return fail("unknown_label", `there is no label \`${label}\``, hint)
  }
  const provider = providerOf(account)
  if (provider !== null) return { label, account, provider }
  return fail(
    "unknown_provider",
    `the account \`${label}\` names a provider that aim does not know`,
    "check `accounts` in the state file; nothing was changed",
  )
}
