import { mayBecome } from "../domain/adopt/expect.ts"
import { adoptPair } from "../domain/credential-edits.ts"
import type { Document } from "../domain/document.ts"
import { now } from "../system/clock.ts"
import type { Pool } from "./pool.ts"
import { type Held, readStore, storesOf } from "./stores.ts"

/** The vault as the next mutating command will find it, and every store as it is now. */
export type LiveView = { document: Document; missing: boolean; stores: Held[] }

/**
 * Reads vault and stores for commands that only look: pairs that a client has rotated are taken
 * in in memory only, so that what is shown is what a switch would see. Nothing is written.
 */
export async function liveView(pool: Pool): Promise<LiveView> {
  const { document: stored, missing } = await pool.vault.read()
  let document = stored
  const stores: Held[] = []
  for (const target of pool.targets) {
    for (const store of await storesOf(document, target)) {
      const held = await readStore(document, target, store)
      stores.push(held)
      if (held.readback.kind !== "login" || held.owner?.relation !== "newer") continue
      const { login } = held.readback
      if (!mayBecome(document, held.owner.label, login.identity)) continue
      document = adoptPair(document, held.owner.label, login, now())
    }
  }
  return { document, missing, stores }
}
