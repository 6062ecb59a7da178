import type { Owner } from "../adopt/owner.ts"
import type { Document } from "../document.ts"
import { importStatus } from "../import/status.ts"
import type { PreSwitchSync } from "../receipt.ts"
import type { Readback } from "../store.ts"
import { storedLogin } from "../stored-login.ts"

/**
 * What a switch finds in the live store before it captures anything, in the reference's words
 * (aimgr 4404b27 §2.9) and four of aim's: `live_pair_older`, `identity_contradiction`, `conflict`, and
 * `capture_refused` for a newer pair that was not taken in.
 */
export function preSwitchSync(
  document: Document,
  readback: Readback,
  owner: Owner | null,
): PreSwitchSync {
  if (readback.kind !== "login") return { synced: false, reason: "no_live_bundle" }
  if (owner === null) return { synced: false, reason: "no_label_for_identity" }
  const { label, relation } = owner
  if (relation === "newer") {
    const rotatedFields = rotated(document, readback, label)
    return { synced: true, label, rotatedFields }
  }
  if (relation === "same") return { synced: false, reason: "tokens_unchanged", label }
  if (readback.contradiction !== undefined)
    return { synced: false, reason: "identity_contradiction", label }
  const { labels, dirtyLabels } = importStatus(document, readback.login.provider)
  const imported = labels.includes(label) && !dirtyLabels.includes(label)
  if (imported) return { synced: false, reason: "authority_import_newer", label }
  return { synced: false, reason: relation === "older" ? "live_pair_older" : "conflict", label }
}

/** What the client has renewed of what is stored, in the reference's order. */
function rotated(
  document: Document,
  { login }: Extract<Readback, { kind: "login" }>,
  label: string,
): string[] {
  const stored = storedLogin(document, { provider: login.provider, label })
  const same = {
    accessToken: login.access.equals(stored?.access),
    refreshToken: login.refresh.equals(stored?.refresh),
    expiresAt: login.expiresAt === stored?.expiresAt,
  }
  return Object.entries(same).flatMap(([field, is]) => (is ? [] : [field]))
}
