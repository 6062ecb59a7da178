import type { Finding } from "../../domain/receipt.ts"
import type { Status } from "../../operations/status/document.ts"

/** What of a label stands under the table already, where it is not ready. */
const UNDER_THE_TABLE = [
  "missing_credentials",
  "credentials_incomplete",
  "credentials_expired",
  "token_invalid_or_expired",
]

/** What follows from another warning, which tells more: the first is left out beside any of those. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  claude_target_auth_method_mismatch: ["claude_target_not_logged_in"],
  claude_target_not_logged_in: [
    "claude_target_missing_auth_file",
    "claude_target_missing_provider_entry",
  ],
  claude_target_status_unreadable: [
    "claude_target_auth_unreadable",
    "claude_target_app_state_unreadable",
    "claude_keychain_locked",
    "claude_keychain_unreadable",
  ],
  claude_target_email_mismatch: ["identity_contradiction"],
  claude_target_organization_mismatch: ["identity_contradiction"],
  pi_target_provider_entry_invalid: ["pi_target_unmanaged_login"],
}

/** Whose login it is not, which is said by whose it is. */
const NOT_WHOSE: Readonly<Record<string, "codexCli" | "claudeCli" | "piCli">> = {
  codex_target_account_mismatch: "codexCli",
  pi_target_account_mismatch: "piCli",
  claude_target_subscription_mismatch: "claudeCli",
  claude_target_email_mismatch: "claudeCli",
  claude_target_organization_mismatch: "claudeCli",
}

/** A warning that only repeats what a person reads elsewhere on the same screen. */
export function isSaid({ kind, label }: Finding, status: Status): boolean {
  const client = NOT_WHOSE[kind]
  if (client !== undefined && status[client]?.inferredLabel !== status[client]?.activeLabel)
    return true
  const causes = FOLLOWS[kind] ?? []
  if (status.warnings.some((other) => causes.includes(other.kind))) return true
  const account = status.accounts.find((each) => each.label === label)
  const isDown = account !== undefined && account.operator.status !== "ready"
  return isDown && UNDER_THE_TABLE.includes(kind)
}
