import { duplicateOf } from "../../domain/adopt/duplicates.ts"
import { CLIENT_WORD } from "../../domain/client-word.ts"
import { codexCredential, type Document, targetBlock } from "../../domain/document.ts"
import type { ImportStatus } from "../../domain/import/status.ts"
import { asProviderId, type ProviderId } from "../../domain/provider-id.ts"
import type { Finding } from "../../domain/receipt.ts"
import { shellWord } from "../../domain/shell-word.ts"
import type { AccountStatus } from "./account.ts"
import { legacyWarnings } from "./legacy-warnings.ts"
import { storedTexts } from "./stored.ts"

/** The providers whose labels the reference expects a login of. */
const KNOWN = ["openai-codex", "anthropic"]

/**
 * What the labels themselves give to say, in the reference's kinds and order (aimgr 4404b27 §3.4):
 * first by the state file, then by expiry and readings. Its `codex_import_missing` and
 * `pi_import_missing` are left out: they would warn of every pool whose labels were logged in here.
 */
export function accountWarnings(
  document: Document,
  accounts: readonly AccountStatus[],
  imports: { codex: ImportStatus; anthropic: ImportStatus },
): Finding[] {
  return [
    ...accounts.flatMap(missingCredentials),
    ...accounts.flatMap((account) => incomplete(document, account)),
    ...collisions(accounts),
    ...duplicates(document, accounts),
    ...notPromoted("openai-codex", imports.codex),
    ...notPromoted("anthropic", imports.anthropic),
    ...assignments(document, accounts),
    ...quarantineWarning(document),
    ...legacyWarnings(document),
    ...accounts.flatMap(expired),
    ...accounts.flatMap(refused),
  ]
}

function missingCredentials({ label, provider, credentials, operator }: AccountStatus): Finding[] {
  if (credentials.status === "ok" || !KNOWN.includes(provider)) return []
  const hint = operator.actionRequired === null ? {} : { hint: operator.actionRequired }
  return [{ kind: "missing_credentials", provider, label, ...hint }]
}

function incomplete(document: Document, account: AccountStatus): Finding[] {
  const { label, provider, credentials, operator } = account
  if (provider !== "openai-codex" || credentials.status === "missing") return []
  if (codexCredential(document, label) !== null) return []
  return [
    {
      kind: "credentials_incomplete",
      provider,
      label,
      detail: `the stored login of \`${label}\` lacks a token, an account id or an expiry`,
      hint: operator.actionRequired,
    },
  ]
}

function expired({ label, provider, credentials, operator }: AccountStatus): Finding[] {
  if (credentials.expiresInSeconds === null || credentials.expiresInSeconds > 0) return []
  const refresh = KNOWN.includes(provider) ? `aim refresh ${label}` : null
  return [
    {
      kind: "credentials_expired",
      provider,
      label,
      expiresAt: credentials.expiresAt,
      hint: operator.status === "ready" ? refresh : operator.actionRequired,
    },
  ]
}

function refused({ label, provider, usage, operator }: AccountStatus): Finding[] {
  if (usage.status !== "unauthorized") return []
  return [
    {
      kind: "token_invalid_or_expired",
      provider,
      label,
      status: usage.detail,
      hint: operator.status === "ready" ? `aim refresh ${label} --force` : operator.actionRequired,
    },
  ]
}

function notPromoted(provider: ProviderId, { dirtyLabels, source }: ImportStatus): Finding[] {
  const word = CLIENT_WORD[provider]
  return dirtyLabels.map((label) => ({
    kind: "local_update_not_promoted",
    provider,
    label,
    detail: `\`${label}\` was imported from ${source ?? "an authority"} and has changed here since`,
    ...(source === null ? {} : { hint: `aim promote ${word} --to ${shellWord(source)} ${label}` }),
  }))
}

/** OpenClaw's agents whose label can't serve them. */
function assignments(document: Document, accounts: readonly AccountStatus[]): Finding[] {
  const stored = storedTexts(targetBlock(document, "openclaw").assignments)
  return Object.entries(stored).flatMap(([agentId, label]) => {
    const finding = (what: string, detail: string, extra = {}) => [
      {
        kind: `assignment_points_to_${what}`,
        system: "openclaw",
        agentId,
        label,
        ...extra,
        detail: `OpenClaw's agent \`${agentId}\` is assigned to \`${label}\`, ${detail}`,
      },
    ]
    const account = accounts.find((each) => each.label === label.trim())
    if (account === undefined) return finding("missing_account", "which is no label")
    const { provider, credentials } = account
    if (!KNOWN.includes(provider))
      return finding("unsupported_provider", "whose provider aim does not know", { provider })
    if (credentials.status === "missing")
      return finding("missing_credentials", "which has no login stored", { provider })
    return []
  })
}

/** One login under two names: aim posts neither, see domain/duplicates.ts. */
function duplicates(document: Document, accounts: readonly AccountStatus[]): Finding[] {
  return accounts.flatMap(({ label, provider }) => {
    const id = asProviderId(provider)
    const other = id === null ? null : duplicateOf(document, { provider: id, label })
    if (other === null) return []
    const detail = `\`${label}\` and \`${other}\` hold one login; neither is refreshed`
    return [{ kind: "duplicate_login", label, other, detail, hint: `aim account remove ${label}` }]
  })
}

/** One workspace under several labels: seats of one team, which the reference would refuse. */
function collisions(accounts: readonly AccountStatus[]): Finding[] {
  const byAccount = new Map<string, string[]>()
  for (const { label, identity } of accounts) {
    if (identity.accountId === null) continue
    byAccount.set(identity.accountId, [...(byAccount.get(identity.accountId) ?? []), label])
  }
  return [...byAccount].flatMap(([accountId, labels]) =>
    labels.length < 2 ? [] : [{ kind: "account_id_collision", accountId, labels: labels.sort() }],
  )
}

function quarantineWarning(document: Document): Finding[] {
  const count = document.quarantine?.length ?? 0
  if (count === 0) return []
  return [{ kind: "quarantine_not_empty", count, hint: "aim quarantine list" }]
}
