import type { Document } from "../../domain/document.ts"
import { describeIdentity } from "../../domain/identity.ts"
import { quarantineLogin } from "../../domain/quarantine.ts"
import type { Finding } from "../../domain/receipt.ts"
import type { Readback, Store } from "../../domain/store.ts"
import type { Pool } from "../../pool/pool.ts"
import { now } from "../../system/clock.ts"
import { ensurePrivateDir, writeAtomic } from "../../system/files.ts"
import { sha256 } from "../../system/hash.ts"
import { withLock } from "../../system/locks.ts"
import { sweepFolder } from "../../system/temps.ts"
import type { Target } from "../../targets/target.ts"

/** Whether a store holds a login that belongs to no label: it is never overwritten unasked. */
export function isForeign(readback: Readback, ownerKnown: boolean): boolean {
  return readback.kind === "unmanaged" || (readback.kind === "login" && !ownerKnown)
}

/** Why a switch stops before a login that aim does not know, and the three ways on. */
export function foreignFinding(target: Target, store: Store, readback: Readback): Finding {
  const what =
    readback.kind === "login"
      ? `a login of no label: ${describeIdentity(readback.login.identity)}`
      : `a login that aim does not manage (${readback.kind === "unmanaged" ? readback.what : readback.kind})`
  const adopt =
    readback.kind === "login"
      ? `\`aim ${target.id} use --adopt <label>\` keeps it as a label, `
      : ""
  return {
    kind: `${target.id}_target_unmanaged_login`,
    system: `${target.id}-cli`,
    detail: `${store.file} holds ${what}`,
    hint: `${adopt}\`aim ${target.id} use --replace-unmanaged\` puts a copy aside and replaces it`,
  }
}

/**
 * Puts a copy of a foreign login, the whole file or Keychain item, aside (`replaced/` in the state folder, 0600) before it is
 * replaced, and gives the copy's path. It is named by its content, so that a second run after a
 * kill makes no second copy. The file itself is not touched.
 */
export async function keepForeignFile(
  pool: Pool,
  target: Target,
  store: Store,
): Promise<string | null> {
  const text = await target.heldText(store)
  if (text === null) return null
  const { dir, locks } = pool.vault.paths
  const folder = `${dir}/replaced`
  const copy = `${folder}/${target.id}-auth-${sha256(text).slice(0, 16)}.json`
  await withLock(locks, "replaced", async () => {
    await ensurePrivateDir(folder)
    await sweepFolder(folder)
    await writeAtomic(copy, text)
  })
  return copy
}

/** The document with a stranger's pair in quarantine too, so that it can become a label later. */
export function quarantineForeign(document: Document, readback: Readback, id: string): Document {
  if (readback.kind !== "login") return document
  return quarantineLogin(document, readback.login, {
    id,
    at: now(),
    label: null,
    reason: "replaced_unmanaged",
  })
}
