import { Secret } from "../../system/secret.ts"
import { asObject, type Document, type QuarantineEntry } from "../document.ts"
import { pairHash } from "../pair.ts"

/**
 * The quarantine of a restored file: all that the present file keeps, and what only the backup
 * kept, but for logins that some label has or has held by now.
 */
export function restoredQuarantine(
  document: Document,
  backup: Document,
  present: Document | null,
): QuarantineEntry[] {
  const kept = [...(present?.quarantine ?? [])]
  for (const entry of backup.quarantine ?? []) {
    const isThere = kept.some((one) => one.id === entry.id || holdSame(one, entry))
    const refresh = refreshOf(entry.credential)
    if (!isThere && (refresh === null || !isStored(document, refresh))) kept.push(entry)
  }
  return kept
}

/** True when a label stores a login with this refresh token, or remembers that it has held it. */
export function isStored(document: Document, refresh: Secret): boolean {
  const hash = pairHash(refresh)
  return Object.values(document.credentials).some((records) =>
    Object.values(records).some((value) => {
      const { refresh: stored, formerPairs } = asObject(value) ?? {}
      if (stored instanceof Secret && stored.equals(refresh)) return true
      return Array.isArray(formerPairs) && formerPairs.includes(hash)
    }),
  )
}

function holdSame(a: QuarantineEntry, b: QuarantineEntry): boolean {
  const [mine, theirs] = [refreshOf(a.credential), refreshOf(b.credential)]
  return mine !== null && theirs !== null && mine.equals(theirs)
}

function refreshOf(credential: unknown): Secret | null {
  const refresh = asObject(credential)?.refresh
  return refresh instanceof Secret && !refresh.blank ? refresh : null
}
