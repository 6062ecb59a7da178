import { asCodexCredential, type CodexCredential } from "./credential.ts"
import type { Label } from "./label.ts"
import { compareLabels } from "./label-order.ts"
import type { JsonObject } from "./login.ts"
import { asProviderId, type ProviderId } from "./provider-id.ts"

export const SCHEMA_VERSION = "0.2"

/**
 * `secrets.json` in memory, tokens sealed. Only what aim reads is typed; everything else passes
 * through as it was. Never mutated: an edit gives a new document (see document-edits.ts), and an
 * edit that changes nothing gives the same one, so that a commit can see that there is nothing
 * to write.
 */
export type Document = {
  readonly schemaVersion: string
  readonly accounts: { readonly [label: Label]: JsonObject }
  readonly credentials: { readonly [provider: string]: { readonly [label: Label]: JsonObject } }
  readonly imports: JsonObject
  readonly pool: JsonObject
  readonly targets: { readonly [target: string]: JsonObject }
  readonly quarantine?: readonly QuarantineEntry[]
  readonly [unknown: string]: unknown
}

/** A pair that failed a check, kept until the operator adopts or drops it. */
export type QuarantineEntry = {
  readonly id: string
  readonly at: string
  readonly provider: ProviderId
  readonly label: Label | null
  /** A code such as `wrong_identity`, `conflict`, `label_gone`, `reply_unreadable`. */
  readonly reason: string
  /** One line for people, no secrets. */
  readonly identity: string
  /** The credential record (tokens sealed), or `{rawReply}` when nothing could be read. */
  readonly credential: JsonObject
}

export const EMPTY_DOCUMENT: Document = {
  schemaVersion: SCHEMA_VERSION,
  accounts: {},
  credentials: {},
  imports: {},
  pool: {},
  targets: {},
}

/** The provider of an account; the reference's default is `openai-codex`. */
export function providerOf(account: JsonObject): ProviderId | null {
  return account.provider === undefined ? "openai-codex" : asProviderId(account.provider)
}

/** Accounts are never mutated: their labels are sorted once however often a command asks. */
const sorted = new WeakMap<object, Map<ProviderId | undefined, readonly Label[]>>()

/** All labels of one provider (or of all), in label order. */
export function labelsOf({ accounts }: Document, provider?: ProviderId): Label[] {
  const known = sorted.get(accounts) ?? new Map()
  sorted.set(accounts, known)
  const labels = known.get(provider) ?? sortedLabels(accounts, provider)
  known.set(provider, labels)
  return [...labels]
}

function sortedLabels(accounts: Document["accounts"], provider?: ProviderId): Label[] {
  return Object.keys(accounts)
    .filter((label) => provider === undefined || providerOf(accounts[label] ?? {}) === provider)
    .sort(compareLabels)
}

/** Pool membership: everything but a literal `pool.enabled: false` is enabled (as the reference). */
export function isEnabled(account: JsonObject): boolean {
  return asObject(account.pool)?.enabled !== false
}

/** A label's credential record as it is stored, or null. */
export function credentialRecord(
  document: Document,
  provider: ProviderId,
  label: Label,
): JsonObject | null {
  const records = document.credentials[provider]
  const record = records !== undefined && Object.hasOwn(records, label) ? records[label] : undefined
  return asObject(record)
}

/** A Codex label's usable credential, or null when it has none or an incomplete one. */
export function codexCredential(document: Document, label: Label): CodexCredential | null {
  return asCodexCredential(credentialRecord(document, "openai-codex", label))
}

/** The block of one target, `{}` when there is none. */
export function targetBlock(document: Document, key: string): JsonObject {
  return asObject(document.targets[key]) ?? {}
}

/** The label that a target was last switched to, or null. */
export function activeLabel(document: Document, key: string): Label | null {
  const label = targetBlock(document, key).activeLabel
  return typeof label === "string" && label.trim() !== "" ? label.trim() : null
}

/** The value as a JSON object; null for anything else, lists too. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null
}
