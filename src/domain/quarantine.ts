import { Secret } from "../system/secret.ts"
import { isoTime } from "../system/time.ts"
import { credentialRecord, type Document, type QuarantineEntry } from "./document.ts"
import { addQuarantine } from "./document-edits.ts"
import { describeIdentity } from "./identity.ts"
import type { Label } from "./label.ts"
import { adoptLogin, type JsonObject, type Login } from "./login.ts"
import type { ProviderId } from "./provider-id.ts"
import { loginInRecord } from "./stored-login.ts"

/** Why and when something was put into quarantine; `id` is random and short. */
export type QuarantineNote = { id: string; at: number; label: Label | null; reason: string }

/** The document with a login kept in quarantine, unless that very pair is there already. */
export function quarantineLogin(document: Document, login: Login, note: QuarantineNote): Document {
  if (isQuarantined(document, login.refresh)) return document
  // A reply for another person came under the label's own account id; the tokens know better.
  const accountId = login.identity.workspace ?? login.fields.accountId
  const record = adoptLogin(null, { ...login, fields: { ...login.fields, accountId } })
  return addQuarantine(
    document,
    entryOf(login.provider, record, describeIdentity(login.identity), note),
  )
}

/** The document with a label's stored record kept in quarantine as well (it stays stored too). */
export function quarantineStored(
  document: Document,
  provider: ProviderId,
  label: Label,
  note: QuarantineNote,
): Document {
  const record = credentialRecord(document, provider, label)
  if (record === null) return document
  if (record.refresh instanceof Secret && isQuarantined(document, record.refresh)) return document
  const stored = loginInRecord(provider, record)
  const identity = stored === null ? "unknown" : describeIdentity(stored.identity)
  return addQuarantine(document, entryOf(provider, record, identity, note))
}

/** The document with an issuer's reply kept that nothing could be read from; the same reply once. */
export function quarantineReply(
  document: Document,
  provider: ProviderId,
  rawReply: Secret,
  note: QuarantineNote,
): Document {
  if (replyQuarantinedAs(document, rawReply) !== null) return document
  return addQuarantine(document, entryOf(provider, { rawReply }, "unknown", note))
}

/** The id of the entry that keeps this very reply, or null. */
export function replyQuarantinedAs(document: Document, rawReply: Secret): string | null {
  const entries = document.quarantine ?? []
  const entry = entries.find(({ credential }) => rawReply.equals(asSecret(credential.rawReply)))
  return entry?.id ?? null
}

/** True when a pair with this refresh token lies in quarantine. */
export function isQuarantined(document: Document, refresh: Secret): boolean {
  return quarantinedAs(document, refresh) !== null
}

/** The id of the entry that keeps a pair with this refresh token, or null. */
export function quarantinedAs(document: Document, refresh: Secret): string | null {
  const entries = document.quarantine ?? []
  const entry = entries.find(({ credential }) => refresh.equals(asSecret(credential.refresh)))
  return entry?.id ?? null
}

function entryOf(
  provider: ProviderId,
  credential: JsonObject,
  identity: string,
  { id, at, label, reason }: QuarantineNote,
): QuarantineEntry {
  return { id, at: isoTime(at), provider, label, reason, identity, credential }
}

function asSecret(value: unknown): Secret | null {
  return value instanceof Secret ? value : null
}
