import { asObject, type Document } from "../document.ts"
import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"

/** What was imported for one provider (aimgr 4404b27 §1.3), as it is stored. */
export type ImportBlock = {
  /** The authority as it was named; null where nothing was imported, or nothing says from where. */
  source: string | null
  /** ISO time, or null. */
  importedAt: string | null
  /** Every imported label, in label order. */
  labels: Label[]
  /** What is kept of each; a label that is only listed has nothing. */
  entries: { readonly [label: Label]: JsonObject }
}

const KEYS = { "openai-codex": "codex", anthropic: "anthropic" } as const

/** The import of one provider; the labels are those that are listed and those that are named. */
export function importBlock(document: Document, provider: ProviderId): ImportBlock {
  const block = rawBlock(document, provider)
  const named = asObject(block.labelsByName) ?? {}
  const listed: readonly unknown[] = Array.isArray(block.labels) ? block.labels : []
  const labels = [...new Set([...listed, ...Object.keys(named)])]
    .filter((label): label is string => typeof label === "string")
    .sort(compareLabels)
  return {
    source: text(block.source),
    importedAt: text(block.importedAt),
    labels,
    entries: Object.fromEntries(labels.map((label) => [label, own(named, label)])),
  }
}

/** What is kept of one imported label; null for a label of this machine. */
export function importEntry(
  document: Document,
  provider: ProviderId,
  label: Label,
): JsonObject | null {
  const { entries } = importBlock(document, provider)
  return Object.hasOwn(entries, label) ? (entries[label] ?? null) : null
}

/** The document with what is kept of an imported label replaced; null makes it one of this machine. */
export function putImportEntry(
  document: Document,
  provider: ProviderId,
  label: Label,
  entry: JsonObject | null,
): Document {
  const { labels } = importBlock(document, provider)
  const named = asObject(rawBlock(document, provider).labelsByName) ?? {}
  const { [label]: _before, ...others } = named
  const kept = labels.filter((each) => each !== label)
  return patchBlock(document, provider, {
    labels: (entry === null ? kept : [...kept, label]).sort(compareLabels),
    labelsByName: entry === null ? others : { ...others, [label]: entry },
  })
}

/** The document with a new import noted: from where, when, and what is kept of each label. */
export function putImport(
  document: Document,
  provider: ProviderId,
  { source, importedAt, entries }: Omit<ImportBlock, "labels">,
): Document {
  const labels = Object.keys(entries).sort(compareLabels)
  return patchBlock(document, provider, { source, importedAt, labels, labelsByName: entries })
}

/** The document without an import: its labels are of this machine from now on. */
export function dropImport(document: Document, provider: ProviderId): Document {
  const { [KEYS[provider]]: _gone, ...others } = asObject(document.imports.authority) ?? {}
  return { ...document, imports: { ...document.imports, authority: others } }
}

function patchBlock(document: Document, provider: ProviderId, patch: JsonObject): Document {
  const block = { ...rawBlock(document, provider), ...patch }
  const authority = { ...asObject(document.imports.authority), [KEYS[provider]]: block }
  return { ...document, imports: { ...document.imports, authority } }
}

function rawBlock(document: Document, provider: ProviderId): JsonObject {
  return asObject(asObject(document.imports.authority)?.[KEYS[provider]]) ?? {}
}

function own(from: JsonObject, label: Label): JsonObject {
  return (Object.hasOwn(from, label) ? asObject(from[label]) : null) ?? {}
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
