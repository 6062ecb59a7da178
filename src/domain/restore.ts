import { isoTime } from "../system/time.ts"
import { mayBecome } from "./adopt/expect.ts"
import { adoptKeeping } from "./adopt/keeping.ts"
import { ownerOf } from "./adopt/owner.ts"
import type { Document, QuarantineEntry } from "./document.ts"
import { addQuarantine, putCredential } from "./document-edits.ts"
import { describeIdentity } from "./identity.ts"
import type { Label } from "./label.ts"
import { compareLabels } from "./label-order.ts"
import type { Login } from "./login.ts"
import { pairHash } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"
import { isQuarantined } from "./quarantine.ts"
import { restoredTargets } from "./restore/facts.ts"
import { withSuccessor } from "./restore/kept.ts"
import { type LoginSource, newestLogin } from "./restore/login.ts"
import { ownerInBackup, type StoredLogin, storedLogins } from "./restore/owner.ts"
import { isStored, restoredQuarantine } from "./restore/quarantine.ts"

/** A login in a client's home, and the label that this home is thought to belong to. */
export type LiveLogin = { store: string; login: Login; prefer: Label | null }

export type RestoreInput = {
  backup: Document
  /** The present file as far as it can be read; null where nothing can. */
  present: Document | null
  live: readonly LiveLogin[]
  /** The backup's own tokens, even where newer ones are known. */
  withTokens: boolean
  /** Epoch ms. */
  at: number
}

/**
 * Where a label's login comes from: the backup, the present file, both alike, quarantine, or a
 * client's home.
 */
export type RestoredLabel = {
  provider: ProviderId
  label: Label
  source: LoginSource | "quarantine" | "store"
  /** The client's home, for `store`. */
  store?: string
}

export type Restoration = {
  document: Document
  labels: RestoredLabel[]
  /** Labels of the present file that the backup does not have. */
  gone: Label[]
  /** Logins of the present file that have no label any more, by their id in quarantine. */
  aside: { id: string; label: Label; reason: string; identity: string }[]
}

/**
 * The state file after a restore (design §3): labels and settings of the backup and, for each
 * identity, the newest pair among backup, present file (its quarantine too) and live stores. Every
 * login of the present file that no label has afterwards, and that is not known to be spent, is in
 * quarantine.
 */
export function restored(input: RestoreInput): Restoration {
  const { backup, present, withTokens } = input
  const now = present === null ? [] : storedLogins(present)
  const owners = new Map(now.map((login) => [login, ownerInBackup(backup, login)]))
  const labels: RestoredLabel[] = []
  const homeless = now
    .filter((login) => owners.get(login) === null)
    .map((login) => ({ login, reason: "not_in_backup" }))
  let document = withFacts(backup, present, owners)
  for (const { provider, label } of labelsWithLogins(backup, owners)) {
    const isOurs = (one: StoredLogin) => one.provider === provider && one.label === label
    const old = storedLogins(backup).find(isOurs) ?? null
    const theirs = now.filter((login) => login.provider === provider && owners.get(login) === label)
    const winner = newestLogin(old, [...theirs].sort(ownNameFirst(label)), withTokens)
    if (winner === null) continue
    document = putCredential(document, provider, label, winner.record)
    labels.push({ provider, label, source: winner.source })
    for (const login of winner.aside) homeless.push({ login, reason: "restored_over" })
  }
  const quarantine = restoredQuarantine(document, backup, present)
  if (quarantine.length > 0 || document.quarantine !== undefined)
    document = { ...document, quarantine }
  if (!withTokens) document = withLive(withKept(document, labels), input, labels)
  const aside: Restoration["aside"] = []
  for (const { login, reason } of homeless) {
    const { label, pair } = login
    if (isStored(document, pair.refresh) || isQuarantined(document, pair.refresh)) continue
    const entry = entryOf(login, reason, input.at)
    document = addQuarantine(document, entry)
    aside.push({ id: entry.id, label, reason, identity: entry.identity })
  }
  const gone = Object.keys(present?.accounts ?? {}).filter(
    (label) => !Object.hasOwn(backup.accounts, label),
  )
  return { document, labels, gone, aside }
}

type Owners = ReadonlyMap<StoredLogin, Label | null>

/** The backup with what the present file knows of the clients, and logins that aim can't judge. */
function withFacts(backup: Document, present: Document | null, owners: Owners): Document {
  const nameOf = (label: Label): Label | null => {
    const known = [...owners].find(([login]) => login.label === label)
    if (known !== undefined) return known[1]
    return Object.hasOwn(backup.accounts, label) ? label : null
  }
  const credentials = { ...backup.credentials }
  for (const [provider, records] of Object.entries(present?.credentials ?? {}))
    if (provider !== "openai-codex" && provider !== "anthropic")
      credentials[provider] = { ...credentials[provider], ...records }
  return { ...backup, credentials, targets: restoredTargets(backup, present, nameOf) }
}

/** The labels that will have a login, each once, in label order. */
function labelsWithLogins(
  backup: Document,
  owners: Owners,
): { provider: ProviderId; label: Label }[] {
  const found = new Map<string, { provider: ProviderId; label: Label }>()
  const add = (provider: ProviderId, label: Label) =>
    found.set(`${provider} ${label}`, { provider, label })
  for (const { provider, label } of storedLogins(backup)) add(provider, label)
  for (const [{ provider }, label] of owners) if (label !== null) add(provider, label)
  return [...found.values()].sort((a, b) => compareLabels(a.label, b.label))
}

function ownNameFirst(label: Label): (a: StoredLogin, b: StoredLogin) => number {
  return (a, b) => Number(b.label === label) - Number(a.label === label)
}

/** The document with what quarantine has kept since; notes it in `labels`. */
function withKept(document: Document, labels: RestoredLabel[]): Document {
  let result = document
  for (const [index, { provider, label }] of labels.entries()) {
    const next = withSuccessor(result, provider, label)
    if (next !== result) labels[index] = { provider, label, source: "quarantine" }
    result = next
  }
  return result
}

/** The document with what clients have renewed since; notes it in `labels`. */
function withLive(
  document: Document,
  { live, at }: RestoreInput,
  labels: RestoredLabel[],
): Document {
  let result = document
  for (const { store, login, prefer } of live) {
    const owner = ownerOf(result, login, prefer)
    if (owner?.relation !== "newer" || !mayBecome(result, owner.label, login.identity)) continue
    const { label } = owner
    result = adoptKeeping(result, label, login, { id: pairHash(login.refresh).slice(0, 8), at })
    const index = labels.findIndex((one) => one.provider === login.provider && one.label === label)
    if (index >= 0) labels[index] = { provider: login.provider, label, source: "store", store }
  }
  return result
}

/** Named by its pair, so that a second run after a kill keeps it under the same name. */
function entryOf({ provider, label, pair, record }: StoredLogin, reason: string, at: number) {
  const id = pairHash(pair.refresh).slice(0, 8)
  const identity = describeIdentity(pair.identity)
  const credential = record
  return {
    id,
    at: isoTime(at),
    provider,
    label,
    reason,
    identity,
    credential,
  } satisfies QuarantineEntry
}
