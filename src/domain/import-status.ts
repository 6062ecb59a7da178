import { asObject, credentialRecord, type Document } from "./document.ts"
import { codexFingerprint } from "./fingerprint.ts"
import type { Label } from "./label.ts"
import { compareLabels } from "./label-order.ts"
import type { JsonObject } from "./login.ts"
import type { ProviderId } from "./provider-id.ts"

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
  baseIdentity?: JsonObject | null
  baseCredentialFingerprint?: "[redacted]" | null
}

const KEYS = { "openai-codex": "codex", anthropic: "anthropic" } as const

/** What was imported from an authority for one provider (aimgr 4404b27 §1.3). */
export function importStatus(document: Document, provider: ProviderId): ImportStatus {
  const block = blockOf(document, provider)
  const named = asObject(block.labelsByName) ?? {}
  const listed = Array.isArray(block.labels) ? block.labels : []
  const labels = [...new Set([...listed, ...Object.keys(named)])]
    .filter((label): label is string => typeof label === "string")
    .sort(compareLabels)
  const entries = labels.map((label) => {
    const base = asObject(named[label]) ?? {}
    return [label, importedLabel(document, provider, label, base, block)] as const
  })
  return {
    source: text(block.source),
    importedAt: text(block.importedAt),
    labels,
    labelsByName: Object.fromEntries(entries),
    dirtyLabels: entries.filter(([, { dirtyLocal }]) => dirtyLocal).map(([label]) => label),
  }
}

function importedLabel(
  document: Document,
  provider: ProviderId,
  label: Label,
  base: JsonObject,
  block: JsonObject,
): ImportedLabel {
  const record = credentialRecord(document, provider, label)
  const shared = {
    importedAt: text(base.importedAt) ?? text(block.importedAt),
    dirtyObservedAt: text(base.dirtyObservedAt),
    lastPromotedAt: text(base.lastPromotedAt),
  }
  if (provider === "openai-codex") {
    const dirtyLocal =
      base.dirtyLocal === true ||
      differ(text(base.baseCredentialFingerprint), codexFingerprint(record)) ||
      differ(text(base.baseAccountId), text(record?.accountId))
    return { ...shared, dirtyLocal, baseAccountId: text(base.baseAccountId) }
  }
  const baseIdentity = asObject(base.baseIdentity)
  return {
    ...shared,
    dirtyLocal: base.dirtyLocal === true || isOther(baseIdentity, claudeIdentity(record)),
    baseCredentialFingerprint: text(base.baseCredentialFingerprint) === null ? null : "[redacted]",
    baseIdentity: baseIdentity === null ? null : claudeFields(baseIdentity),
  }
}

/** Two facts that are both known and not the same; what is not known differs from nothing. */
function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b
}

/** Account against account where both are known, else e-mail and organisation. */
function isOther(base: JsonObject | null, now: JsonObject | null): boolean {
  if (base === null || now === null) return false
  const [a, b] = [claudeFields(base), claudeFields(now)]
  if (a.accountUuid && b.accountUuid) return a.accountUuid !== b.accountUuid
  return (
    differ(a.emailAddress?.toLowerCase() ?? null, b.emailAddress?.toLowerCase() ?? null) ||
    differ(a.organizationUuid ?? null, b.organizationUuid ?? null)
  )
}

function claudeIdentity(record: JsonObject | null): JsonObject | null {
  return asObject(asObject(record?.nativeClaudeBundle)?.oauthAccount) ?? record
}

function claudeFields(from: JsonObject) {
  const fields: { accountUuid?: string; emailAddress?: string; organizationUuid?: string } = {}
  for (const key of ["accountUuid", "emailAddress", "organizationUuid"] as const) {
    const value = text(from[key])
    if (value !== null) fields[key] = value
  }
  return fields
}

function blockOf(document: Document, provider: ProviderId): JsonObject {
  return asObject(asObject(document.imports.authority)?.[KEYS[provider]]) ?? {}
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
