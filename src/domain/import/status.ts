import { textIn } from "../claude/bundle.ts"
import { credentialRecord, type Document } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import { type BaseIdentity, baseOf, differsFromBase } from "./base.ts"
import { importBlock } from "./block.ts"

/** Which labels came from an authority, and which of them have changed here since. */
export type ImportStatus = {
  source: string | null
  importedAt: string | null
  labels: Label[]
  labelsByName: { [label: Label]: ImportedLabel }
  dirtyLabels: Label[]
}

/** One imported label: named fields only; a fingerprint is never shown. */
export type ImportedLabel = {
  importedAt: string | null
  dirtyLocal: boolean
  dirtyObservedAt: string | null
  lastPromotedAt: string | null
  /** Codex only. */
  baseAccountId?: string | null
  /** Claude only. */
  baseIdentity?: BaseIdentity | null
  baseCredentialFingerprint?: "[redacted]" | null
}

/** What was imported from an authority for one provider (aimgr 4404b27 §1.3). */
export function importStatus(document: Document, provider: ProviderId): ImportStatus {
  const { source, importedAt, labels, entries } = importBlock(document, provider)
  const shown = labels.map((label) => {
    const entry = entries[label] ?? {}
    return [label, importedLabel(document, provider, label, entry, importedAt)] as const
  })
  return {
    source,
    importedAt,
    labels,
    labelsByName: Object.fromEntries(shown),
    dirtyLabels: shown.filter(([, { dirtyLocal }]) => dirtyLocal).map(([label]) => label),
  }
}

/** True for an imported label that has changed here since, by its flag or by what is stored. */
export function isDirty(
  document: Document,
  provider: ProviderId,
  label: Label,
  entry: JsonObject,
): boolean {
  const record = credentialRecord(document, provider, label)
  return entry.dirtyLocal === true || differsFromBase(provider, baseOf(entry), record)
}

function importedLabel(
  document: Document,
  provider: ProviderId,
  label: Label,
  entry: JsonObject,
  importedAt: string | null,
): ImportedLabel {
  const { fingerprint, accountId, identity } = baseOf(entry)
  const shared = {
    importedAt: textIn(entry, "importedAt") ?? importedAt,
    dirtyLocal: isDirty(document, provider, label, entry),
    dirtyObservedAt: textIn(entry, "dirtyObservedAt"),
    lastPromotedAt: textIn(entry, "lastPromotedAt"),
  }
  if (provider === "openai-codex") return { ...shared, baseAccountId: accountId }
  return {
    ...shared,
    baseCredentialFingerprint: fingerprint == null ? null : "[redacted]",
    baseIdentity: identity,
  }
}
