import { asObject, type Document } from "../../domain/document.ts"
import type { Finding } from "../../domain/receipt.ts"
import { UNCONVERTED } from "../../vault/unversioned.ts"

const LONGEST_NAME = 40

/** Accounts of the oldest format whose names could not become labels (see vault/unversioned.ts). */
export function legacyWarnings(document: Document): Finding[] {
  const accounts = Object.keys(asObject(asObject(document[UNCONVERTED])?.accounts) ?? {})
  if (accounts.length === 0) return []
  const names = accounts.map((name) => name.slice(0, LONGEST_NAME))
  const kept = (document.quarantine ?? []).filter(({ reason }) => reason === "legacy_label")
  const adopt = `aim quarantine list shows ${kept.length === 1 ? "the login" : "the logins"} to adopt`
  return [
    {
      kind: "legacy_accounts_unconverted",
      accounts: names,
      detail: `the old state file has accounts whose names are no labels: ${names.map((name) => `\`${name}\``).join(", ")}; they are kept under \`${UNCONVERTED}\``,
      hint: `${kept.length === 0 ? "add them as new labels" : adopt}; then delete \`${UNCONVERTED}\` from the state file`,
    },
  ]
}
