import { sha256 } from "../system/hash.ts"
import { unseal } from "../system/secret.ts"

/**
 * The reference program's fingerprint of a Codex credential: SHA-256 over the compact JSON of
 * {access, refresh, expiresAt, accountId, idToken?}, trimmed, in this order, without a blank
 * idToken (aimgr 4404b27; anchors in reference/aimgr-state-status-login.md §1.3). Null when one
 * of the first four is missing.
 */
export function codexFingerprint(credential: unknown): string | null {
  const open = unseal(credential) as Record<string, unknown> | null
  if (typeof open !== "object" || open === null) return null
  const text = (key: string) => (typeof open[key] === "string" ? (open[key] as string).trim() : "")
  const [access, refresh, expiresAt, accountId, idToken] = [
    "access",
    "refresh",
    "expiresAt",
    "accountId",
    "idToken",
  ].map(text)
  if (!access || !refresh || !accountId || !expiresAt || !Number.isFinite(Date.parse(expiresAt)))
    return null
  const record = { access, refresh, expiresAt, accountId, ...(idToken ? { idToken } : {}) }
  return `sha256:${sha256(JSON.stringify(record))}`
}
