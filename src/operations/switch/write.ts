import { credentialRecord, type targetBlock } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { pairHash } from "../../domain/pair.ts"
import { quarantineLogin } from "../../domain/quarantine.ts"
import type { Finding } from "../../domain/receipt.ts"
import { findingOf } from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { withClientLocks } from "../../pool/client-locks.ts"
import { commit } from "../../pool/commit.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { type Held, readStore } from "../../pool/stores.ts"
import { now } from "../../system/clock.ts"
import { AimError, type Problem } from "../../system/errors.ts"
import { randomHex } from "../../system/random.ts"
import { isForeign, keepForeignFile, quarantineForeign } from "../capture/foreign-login.ts"
import { openIntent, withIntent } from "./intent.ts"
import { type KeptOut, keptOut } from "./kept-out.ts"

/** A store that holds the label now; `changed` are the files that were written for it. */
export type Done = { changed: readonly string[]; accountId: string | null; keptFile: string | null }

/** What became of writing one label into a store. */
export type Written =
  | ({ kind: "written" } & Done)
  /** The store changed under us, or holds something to capture: begin again from a fresh read. */
  | { kind: "again" }
  /** This label can't go into this home, another one perhaps can. */
  | { kind: "unfit"; out: KeptOut[] }
  | { kind: "blocked"; blockers: Finding[] }

/**
 * Writes a label's stored pair into the store that was read as `seen`, under the label's lease
 * (taken here) and the client's own locks; the caller holds the store's target lock. What the
 * store holds and the vault lacks goes to quarantine first; the intent is on disk before the file
 * changes. A store that holds the pair already is left untouched.
 */
export function writeLabel(pool: Pool, seen: Held, label: Label): Promise<Written> {
  const { target, store } = seen
  return pool.vault.withLabels([keyOf(target.provider, label)], async () => {
    const { document } = await pool.vault.read()
    const held = await readStore(document, target, store)
    if (stampOf(held) !== stampOf(seen) || held.owner?.relation === "newer")
      return { kind: "again" }
    const record = credentialRecord(document, target.provider, label)
    const login = storedLogin(document, keyOf(target.provider, label))
    if (record === null || login === null) return { kind: "again" }
    const found = await target.obstacles(store)
    if (found.blockers.length > 0) {
      const system = `${target.id}-cli`
      return {
        kind: "blocked",
        blockers: found.blockers.map((each) => findingOf(each, { system })),
      }
    }
    const out = keptOut(document, target, found, [label])
    if (out.length > 0) return { kind: "unfit", out }
    const keptFile = await prepare(pool, held, label, pairHash(login.refresh))
    const applied = await problemOr(() =>
      withClientLocks(target, store, () => target.apply(store, record, stampOf(held), now())),
    )
    if (applied.kind === "problem")
      return { kind: "blocked", blockers: [findingOf(applied.problem, { label })] }
    if (applied.kind === "moved") return { kind: "again" }
    const problem = await target.verify(store, record)
    if (problem !== null) return { kind: "blocked", blockers: [findingOf(problem, { label })] }
    const { changed } = applied
    return { kind: "written", changed, accountId: login.accountId, keptFile }
  })
}

/** A lock that is stuck or a file that can't be written ends in a receipt like any other block. */
async function problemOr<T>(
  work: () => Promise<T>,
): Promise<T | { kind: "problem"; problem: Problem }> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    return { kind: "problem", problem: error.problem }
  }
}

/** Before the first file of a real switch: keep what would be lost, and say what is begun. */
async function prepare(pool: Pool, held: Held, label: Label, pair: string): Promise<string | null> {
  const { target, store, readback, owner } = held
  if (owner?.label === label && owner.relation === "same") return null
  const foreign = isForeign(readback, owner !== null)
  const keptFile = foreign ? await keepForeignFile(pool, target, store) : null
  const id = randomHex(4)
  await commit(pool, (document) => {
    const kept =
      readback.kind === "login" && owner?.relation === "conflict"
        ? quarantineLogin(document, readback.login, {
            id,
            at: now(),
            label: owner.label,
            reason: "conflict",
          })
        : foreign
          ? quarantineForeign(document, readback, id)
          : document
    return withIntent(kept, target, store, label, pair)
  })
  return keptFile
}

/** The bytes that were read, by hash; null for a store without a file. */
function stampOf({ readback }: Held): string | null {
  return "stamp" in readback ? readback.stamp : null
}

/** True when the vault's record of a target says already what a noop would record. */
export function isRecorded(
  block: ReturnType<typeof targetBlock>,
  store: Store,
  label: Label,
  accountId: string | null,
): boolean {
  return (
    block.activeLabel === label &&
    (block.expectedAccountId ?? null) === accountId &&
    openIntent(block, store) === null
  )
}
