import { isoTime } from "../system/time.ts"
import { credentialRecord, type Document } from "./document.ts"
import { putCredential } from "./document-edits.ts"
import { importEntry, putImportEntry } from "./import/block.ts"
import type { Label } from "./label.ts"
import { adoptLogin, completeLogin, type Login } from "./login.ts"
import { pairHash } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"
import { type OfLabel, storedLogin } from "./stored-login.ts"

/** The document with `login` as the label's pair; an imported label becomes dirty by it. */
export function adoptPair(document: Document, label: Label, login: Login, at: number): Document {
  const record = adoptLogin(credentialRecord(document, login.provider, label), login)
  return markDirty(
    putCredential(document, login.provider, label, record),
    login.provider,
    label,
    at,
  )
}

/** The document with what the label's record lacks of the very pair that `login` holds too. */
export function completePair(document: Document, label: Label, login: Login): Document {
  const record = credentialRecord(document, login.provider, label)
  if (record === null) return document
  const completed = completeLogin(record, login)
  return completed === record ? document : putCredential(document, login.provider, label, completed)
}

/**
 * The document with the issuer's permanent answer noted on the label, but only if the pair that
 * was judged (SHA-256 of its refresh token) is still the one that is stored.
 */
export function noteVerdict(
  document: Document,
  { provider, label }: OfLabel,
  pair: string,
  reason: string,
  at: number,
): Document {
  const stored = storedLogin(document, { provider, label })
  const record = credentialRecord(document, provider, label)
  if (stored === null || record === null || pairHash(stored.refresh) !== pair) return document
  const verdict = { reason, at: isoTime(at), pair }
  return putCredential(document, provider, label, { ...record, verdict })
}

/** Marks an imported label as changed here since its import, as the reference does. */
export function markDirty(
  document: Document,
  provider: ProviderId,
  label: Label,
  at: number,
): Document {
  const entry = importEntry(document, provider, label)
  if (entry === null) return document
  const dirtyObservedAt = entry.dirtyObservedAt ?? isoTime(at)
  const dirty = { ...entry, dirtyLocal: true, dirtyObservedAt }
  return putImportEntry(document, provider, label, dirty)
}
