import { isoTime } from "../../system/time.ts"
import { asObject, credentialRecord, labelsOf, providerOf } from "../document.ts"
import { credentialFingerprint } from "../fingerprint.ts"
import type { Label } from "../label.ts"
import { compareLabels } from "../label-order.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"
import { withLabelRenamed } from "../rename-label.ts"
import { pairOfRecord } from "../stored-pair.ts"
import { baseFields, baseOf } from "./base.ts"
import { importBlock, importEntry } from "./block.ts"
import { decideLogin, isOneLogin } from "./decide.ts"
import type { ImportInput, ImportItem, ImportPlan } from "./plan.ts"
import { importedAccount } from "./record.ts"
import { renamesThere } from "./rename.ts"
import { settingsBetween } from "./settings.ts"
import { isDirty } from "./status.ts"

/**
 * Foresees an import of one provider's labels: what becomes of each and why, with everything that
 * will be written. Changes nothing; the value that it gives is what `--dry-run` prints and what
 * `applyImport` takes.
 */
export function planImport(unnamed: ImportInput): ImportPlan {
  const { provider, offer, source, at } = unnamed
  const renames = renamesThere(unnamed)
  const document = renames.reduce(
    (next, { from, label }) => withLabelRenamed(next, provider, from, label),
    unnamed.document,
  )
  const input = { ...unnamed, document }
  const before = importBlock(document, provider).labels
  const labels = [...new Set([...Object.keys(offer.accounts), ...before])].sort(compareLabels)
  const items = labels.map((label) => {
    if (!Object.hasOwn(offer.accounts, label)) return absent(input, label)
    const from = renames.find((rename) => rename.label === label)?.from
    return { ...planLabel(input, label), ...(from === undefined ? {} : { from }) }
  })
  return { provider, source, at, items: items.map((item) => collided(input, items, item)) }
}

/** What becomes of one label that the authority has. */
export function planLabel(input: ImportInput, label: Label): ImportItem {
  const { document, provider, offer, discardDirty } = input
  const account = ownOf(document.accounts, label)
  const local = credentialRecord(document, provider, label)
  const entry = account === null ? null : importEntry(document, provider, label)
  const upstream = ownOf(offer.credentials, label)
  if (account !== null && providerOf(account) !== provider)
    return { ...unchanged(input, label), change: "conflict", reason: "label_of_other_provider" }
  const base = entry === null ? null : baseOf(entry)
  const dirty = entry !== null && isDirty(document, provider, label, entry)
  const decision = decideLogin({ provider, local, upstream, base, dirty, discardDirty })
  if (decision.change === "conflict") return { ...unchanged(input, label), ...decision }
  const isDirtyNow = differs(provider, decision.credential, upstream)
  const isNewLogin = decision.change === "added" || decision.change === "updated"
  const after = importedAccount(provider, account, offer.accounts[label] ?? {}, isNewLogin)
  return {
    ...decision,
    label,
    dirty: isDirtyNow,
    settings: account === null ? [] : settingsBetween(account, after),
    account: after,
    entry: entryAfter(input, entry, upstream, isDirtyNow),
  }
}

/** A label that was imported and that the authority has no more. */
function absent(input: ImportInput, label: Label): ImportItem {
  const { document, provider, sameSource, discardDirty } = input
  const item = unchanged(input, label)
  const isOurs = providerOf(ownOf(document.accounts, label) ?? {}) === provider
  if (!sameSource || !isOurs)
    return { ...item, change: "kept", reason: "other_authority", dirty: false, entry: null }
  const dirty = isDirty(document, provider, label, item.entry ?? {})
  if (dirty && !discardDirty)
    return { ...item, change: "conflict", reason: "removed_from_authority" }
  const gone = { account: null, credential: null, entry: null, dirty: false }
  return dirty
    ? { ...item, ...gone, change: "removed", reason: "removed_there_discarded", kept: "discarded" }
    : { ...item, ...gone, change: "removed", reason: "removed_there" }
}

/** One person under two labels would be counted twice: the second one is refused. */
function collided(
  { document, provider }: ImportInput,
  items: readonly ImportItem[],
  item: ImportItem,
): ImportItem {
  const { change, credential } = item
  const isNews = change === "added" || change === "updated"
  const login = isNews && credential !== null ? pairOfRecord(provider, credential) : null
  if (login === null) return item
  const imported = items.filter(({ entry }) => entry !== null).map(({ label }) => label)
  const gone = items.filter(({ account }) => account === null).map(({ label }) => label)
  const other = labelsOf(document, provider).find((label) => {
    if (imported.includes(label) || gone.includes(label)) return false
    const record = credentialRecord(document, provider, label)
    const held = record === null ? null : pairOfRecord(provider, record)
    return held !== null && isOneLogin(held, login)
  })
  return other === undefined
    ? item
    : { ...item, change: "conflict", reason: "login_already_labelled", other }
}

/** True where what stands here afterwards is not what the authority has. */
function differs(
  provider: ProviderId,
  credential: JsonObject | null,
  upstream: JsonObject | null,
): boolean {
  if (credential === null) return false
  const print = (record: JsonObject | null) =>
    record === null ? null : credentialFingerprint(provider, record)
  return print(credential) !== print(upstream)
}

/** What is noted of the import; the base is what the authority has now, even if it did not win. */
function entryAfter(
  { provider, at }: ImportInput,
  before: JsonObject | null,
  upstream: JsonObject | null,
  dirty: boolean,
): JsonObject {
  const { lastPromotedAt, dirtyObservedAt } = before ?? {}
  return {
    importedAt: isoTime(at),
    ...baseFields(provider, upstream),
    dirtyLocal: dirty,
    ...(dirty ? { dirtyObservedAt: dirtyObservedAt ?? isoTime(at) } : {}),
    ...(typeof lastPromotedAt === "string" ? { lastPromotedAt } : {}),
  }
}

function unchanged(input: ImportInput, label: Label): ImportItem {
  const { document, provider } = input
  const entry = importEntry(document, provider, label)
  return {
    label,
    change: "kept",
    reason: "same",
    dirty: entry !== null && isDirty(document, provider, label, entry),
    kept: null,
    settings: [],
    account: ownOf(document.accounts, label),
    credential: credentialRecord(document, provider, label),
    entry,
  }
}

function ownOf(
  map: { readonly [label: Label]: JsonObject } | undefined,
  label: Label,
): JsonObject | null {
  return map !== undefined && Object.hasOwn(map, label) ? asObject(map[label]) : null
}
