import type { Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { withOrphan } from "../../domain/orphans.ts"
import { pairHash } from "../../domain/pair.ts"
import {
  type PruneIntent,
  pruneIntents,
  withoutPruneIntent,
  withPruneIntent,
} from "../../domain/prune-intents.ts"
import { quarantinedAs, quarantineLogin } from "../../domain/quarantine.ts"
import type { Readback, Store } from "../../domain/store.ts"
import { withClientLocks } from "../../pool/client-locks.ts"
import { commit } from "../../pool/commit.ts"
import { mayBeRefreshing } from "../../pool/defer.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { recordAct } from "../../pool/record.ts"
import { readStore } from "../../pool/stores.ts"
import { now } from "../../system/clock.ts"
import { AimError, type Problem } from "../../system/errors.ts"
import { folderExists } from "../../system/files.ts"
import { randomHex } from "../../system/random.ts"
import { isoTime } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import { deferredFinding } from "../switch/findings.ts"
import { withNothingSwitched } from "../switch/intent.ts"

/** A store that keeps changing under us is left alone after so many fresh reads. */
const ROUNDS = 6

/** What became of one store whose login was to be taken out. */
export type Pruned = {
  label: Label
  store: string
  /**
   * `planned`, `pruned`, `kept` (another login is there by now), or why it could not be done yet:
   * its intent then stays, and the next command at this store does it.
   */
  outcome: string
  /** What was written or removed. */
  files: string[]
  /** The entry in quarantine that keeps the login. */
  quarantined: string | null
  detail?: string
  hint?: string
}

/** A login that a client holds, as far as a store says whose it is. */
export type HeldLogin = Extract<Readback, { kind: "login" }>

/** True for a store that needs no further look. */
export function isSettled({ outcome }: Pruned): boolean {
  return ["planned", "pruned", "kept"].includes(outcome)
}

/**
 * Takes the login of a label that is gone out of a store whose target lock the caller holds: into
 * quarantine first, with the intent, then out of the client's files under its own locks. Only a
 * login that is no label's now and that `isMeant`; with any other the store is left as it is.
 */
export function pruneStore(
  pool: Pool,
  target: Target,
  store: Store,
  label: Label,
  isMeant: (held: HeldLogin) => boolean,
): Promise<Pruned> {
  const result: Pruned = {
    ...{ label, store: store.home, outcome: "store_keeps_changing" },
    ...{ files: [], quarantined: null },
  }
  return pool.vault.withLabels([keyOf(target.provider, label)], async (): Promise<Pruned> => {
    for (let round = 0; round < ROUNDS; round++) {
      const { document } = await pool.vault.read()
      const held = await readStore(document, target, store)
      const { readback } = held
      if (readback.kind === "unreadable") return failed(result, readback.problem)
      if (readback.kind === "absent" || readback.kind === "blank") {
        const problem = result.files.length > 0 ? null : await clearLocks(target, store)
        if (problem !== null) return failed(result, problem)
        await commit(pool, (fresh) => withPruned(fresh, target, store))
        return { ...result, outcome: "pruned" }
      }
      if (readback.kind !== "login" || held.owner !== null || !isMeant(readback)) {
        await commit(pool, (fresh) => withNothingLeft(fresh, target, store))
        return {
          ...result,
          outcome: "kept",
          detail: `${store.file} holds another login by now, or one of another label`,
        }
      }
      const deferral = await mayBeRefreshing(pool, document, held)
      if (deferral !== null) {
        const { kind, detail, hint } = deferredFinding(label, deferral)
        return failed(result, { code: kind, message: String(detail), hint: String(hint) })
      }
      try {
        result.quarantined = await keep(pool, target, store, label, readback)
        const done = await withClientLocks(target, store, () =>
          target.forget(store, readback.login, readback.stamp),
        )
        if (done.kind === "applied") result.files.push(...done.changed)
      } catch (error) {
        if (!(error instanceof AimError)) throw error
        return failed(result, error.problem)
      }
    }
    return { ...result, detail: `${store.file} changed at every attempt` }
  })
}

/**
 * A killed aim that took the login out has left the client's locks behind, which a client waits for:
 * whoever takes them next removes those.
 */
async function clearLocks(target: Target, store: Store): Promise<Problem | null> {
  if (!(await folderExists(store.realHome))) return null
  try {
    await withClientLocks(target, store, async () => {})
    return null
  } catch (error) {
    if (error instanceof AimError) return error.problem
    throw error
  }
}

/** The login is on the disk of the vault, and what is begun is said, before a file changes. */
async function keep(
  pool: Pool,
  target: Target,
  store: Store,
  label: Label,
  { login }: HeldLogin,
): Promise<string | null> {
  const note = { id: randomHex(4), at: now(), label, reason: "pruned" }
  const intent = intentOf(store, label, pairHash(login.refresh))
  const document = await commit(pool, (fresh) =>
    withPruneIntent(quarantineLogin(fresh, login, note), target.vaultKey, intent),
  )
  return quarantinedAs(document, login.refresh)
}

/** What is said before a login is taken out of a store; `pair` is the hash of its refresh token. */
export function intentOf(store: Store, label: Label, pair: string): PruneIntent {
  return { label, home: store.realHome, pair, at: isoTime(now()) }
}

/** The document after a store's login was taken out: where it stood switched, nothing is active. */
function withPruned(document: Document, target: Target, store: Store): Document {
  return withNothingSwitched(withNothingLeft(document, target, store), target, store)
}

/** The document in which nothing is to be taken out of a store any more. */
function withNothingLeft(document: Document, { vaultKey }: Target, { realHome }: Store): Document {
  return withOrphan(withoutPruneIntent(document, vaultKey, realHome), vaultKey, realHome, null)
}

function failed(result: Pruned, { code, message, hint }: Problem): Pruned {
  return { ...result, outcome: code, detail: message, ...(hint && { hint }) }
}

/**
 * Finishes or takes back what a killed `--prune-live` left open in a store whose target lock the
 * caller holds: the very login goes, if it is there still and no label's; any other stays. Null
 * where nothing was open.
 */
export async function finishPrune(
  pool: Pool,
  target: Target,
  store: Store,
): Promise<Pruned | null> {
  const { document } = await pool.vault.read()
  const open = pruneIntents(document, target.vaultKey).find(({ home }) => home === store.realHome)
  if (open === undefined) return null
  const isMeant = ({ login }: HeldLogin) => pairHash(login.refresh) === open.pair
  const pruned = await pruneStore(pool, target, store, open.label, isMeant)
  if (isSettled(pruned)) {
    const act = { action: `${target.id}_prune`, status: "applied", ...pruned } as const
    recordAct(pool, { ...act, reasons: ["finished_after_interruption"] }, target.id)
  }
  return pruned
}

/** The store of a home; null for one that can't be resolved any more, or lies outside the chosen one. */
export function reachableStore(target: Target, home: string): Promise<Store | null> {
  return target.storeAt(home).catch((error: unknown) => {
    if (error instanceof AimError) return null
    throw error
  })
}
