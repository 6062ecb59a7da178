import { adoptPair } from "../domain/credential-edits.ts"
import { credentialRecord, type Document, type QuarantineEntry } from "../domain/document.ts"
import { dropQuarantine } from "../domain/document-edits.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject, Login } from "../domain/login.ts"
import { type QuarantineNote, quarantineStored } from "../domain/quarantine.ts"
import { loginInRecord } from "../domain/stored-login.ts"
import { Secret } from "../system/secret.ts"
import { parseIso } from "../system/time.ts"

/** An entry as people see it: everything but the login itself. */
export type QuarantineView = {
  id: string
  at: string
  provider: string
  label: Label | null
  reason: string
  identity: string
  /** False for a raw reply that nothing could be read from: it can't be adopted. */
  adoptable: boolean
}

/** All entries, oldest first, without their tokens. */
export function listQuarantine(document: Document): QuarantineView[] {
  return (document.quarantine ?? []).map((entry) => ({
    id: text(entry.id),
    at: text(entry.at),
    provider: text(entry.provider),
    label: typeof entry.label === "string" ? entry.label : null,
    reason: text(entry.reason),
    identity: text(entry.identity),
    adoptable: pairOf(entry) !== null,
  }))
}

export type Found =
  | { kind: "found"; entry: QuarantineEntry }
  | { kind: "none" }
  | { kind: "ambiguous"; ids: string[] }

/** The entry with this id, or the only one whose id begins so. */
export function findQuarantined(document: Document, id: string): Found {
  const wanted = id.trim().toLowerCase()
  const entries = (document.quarantine ?? []).filter((entry) => text(entry.id) !== "")
  const exact = entries.filter((entry) => entry.id === wanted)
  const matches =
    exact.length > 0 || wanted === "" ? exact : entries.filter((one) => one.id.startsWith(wanted))
  const [entry, ...others] = matches
  if (entry === undefined) return { kind: "none" }
  if (others.length > 0) return { kind: "ambiguous", ids: matches.map((one) => one.id) }
  return { kind: "found", entry }
}

export type AdoptedEntry =
  | { kind: "adopted"; document: Document }
  /** The entry is gone, or nothing could be read from its reply. */
  | { kind: "not_adoptable" }

/**
 * The document after a kept login has become the label's own and has left quarantine. The login
 * that the label had goes there in its place (`outgoing` names that entry), unless it is the very
 * same. Whose login it is, and whether the label's provider fits, is for the caller to check.
 */
export function adoptQuarantined(
  document: Document,
  id: string,
  label: Label,
  outgoing: Pick<QuarantineNote, "id" | "at">,
): AdoptedEntry {
  const found = findQuarantined(document, id)
  const entry = found.kind === "found" && found.entry.id === id ? found.entry : null
  const login = entry === null ? null : loginOf(entry)
  if (entry === null || login === null) return { kind: "not_adoptable" }
  const { provider } = entry
  const stored = credentialRecord(document, provider, label)
  const dropped = dropQuarantine(document, entry.id)
  const same = stored?.refresh instanceof Secret && stored.refresh.equals(login.refresh)
  const kept =
    stored === null || same
      ? dropped
      : quarantineStored(dropped, provider, label, { ...outgoing, label, reason: "replaced" })
  return {
    kind: "adopted",
    document: adoptPair(kept, label, login, outgoing.at),
  }
}

/** The login in an entry, or null; what belongs to the record it once stood in stays out. */
export function loginOf(entry: QuarantineEntry): Login | null {
  const pair = pairOf(entry)
  if (pair === null) return null
  const { formerPairs: _former, verdict: _verdict, ...fields } = entry.credential as JsonObject
  const stored = loginInRecord(entry.provider, entry.credential)
  const unknown = { provider: entry.provider, users: [], workspace: null, email: null }
  const identity = stored?.identity ?? unknown
  const expiresAt = parseIso(entry.credential.expiresAt)
  return { provider: entry.provider, ...pair, expiresAt, identity, fields }
}

function pairOf(entry: QuarantineEntry): { access: Secret; refresh: Secret } | null {
  const { access, refresh } = entry.credential ?? {}
  if (!(access instanceof Secret) || !(refresh instanceof Secret)) return null
  return refresh.blank ? null : { access, refresh }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : ""
}
