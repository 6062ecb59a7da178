import type { Document } from "../domain/document.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { clientMayBeRefreshing } from "./defer.ts"
import type { Pool } from "./pool.ts"
import type { RefreshOutcome } from "./refresh-outcome.ts"
import { storesHolding, unreadStoreOf } from "./stores.ts"

/**
 * What in a label's live stores stands against posting its stored pair, which a client may have
 * renewed there already: a store that names two accounts, one that can't be read, a client that may
 * be at it. Null when aim may post. To be asked again under the client's own lock.
 */
export async function againstPost(
  pool: Pool,
  document: Document,
  key: LabelKey,
): Promise<RefreshOutcome | null> {
  const doubtful = await doubtfulStore(pool, document, key)
  if (doubtful !== null)
    return {
      kind: "busy",
      detail: `the login in ${doubtful} names two accounts`,
      hint: "start its client once with this login, so that its files agree, then run it again",
    }
  const unread = await unreadStoreOf(pool, document, key)
  if (unread !== null)
    return {
      kind: "busy",
      detail: `${unread.message}, and may hold a newer login`,
      ...(unread.hint === undefined ? {} : { hint: unread.hint }),
    }
  const deferral = await clientMayBeRefreshing(pool, document, key)
  return deferral === null ? null : { kind: "deferred", deferral }
}

/** A store whose tokens may be the label's next pair, but which names another account beside them. */
async function doubtfulStore(
  pool: Pool,
  document: Document,
  key: LabelKey,
): Promise<string | null> {
  const held = await storesHolding(pool, document, key)
  const found = held.find(
    ({ readback, owner }) =>
      readback.kind === "login" &&
      readback.contradiction !== undefined &&
      owner?.relation === "conflict",
  )
  return found?.store.file ?? null
}
