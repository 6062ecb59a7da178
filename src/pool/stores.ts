import { type Owner, ownerOfReadback } from "../domain/adopt/owner.ts"
import { asObject, type Document, targetBlock } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { Login } from "../domain/login.ts"
import { isQuarantined } from "../domain/quarantine.ts"
import { standingVerdict } from "../domain/readiness.ts"
import { shellWord } from "../domain/shell-word.ts"
import type { Readback, Store } from "../domain/store.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { AimError, type Problem } from "../system/errors.ts"
import { sha256 } from "../system/hash.ts"
import type { Target } from "../targets/target.ts"
import { type Pool, targetsOf } from "./pool.ts"

/** A store with what it holds now and whose that is. */
export type Held = { target: Target; store: Store; readback: Readback; owner: Owner | null }

/** The homes that logins were captured from or switched in: path to the label that went there last. */
export function rememberedHomes(document: Document, target: Target): [string, Label][] {
  const homes = asObject(targetBlock(document, target.vaultKey).sourceHomes) ?? {}
  return Object.entries(homes).flatMap(([dir, entry]): [string, Label][] => {
    const label = asObject(entry)?.label
    return typeof label === "string" ? [[dir, label]] : []
  })
}

/**
 * Every store of a target, each once: its own home first, then the one that was switched last (a
 * timer does not know the CODEX_HOME of the shell that switched), then the remembered source homes.
 */
export async function storesOf(document: Document, target: Target): Promise<Store[]> {
  const stores = [await target.primaryStore()]
  const add = (store: Store | null) => {
    if (store === null || stores.some((known) => known.realHome === store.realHome)) return
    stores.push(asNamed(document, target, store))
  }
  const switched = switchedHome(document, target)
  if (switched !== null) add(await usable(() => target.switchedStore(switched)))
  for (const [dir] of rememberedHomes(document, target))
    add(await usable(() => target.storeAt(dir)))
  return stores
}

/** A home that is not named by this environment, as it was when it was last switched. */
function asNamed(document: Document, target: Target, store: Store): Store {
  const homes = asObject(targetBlock(document, target.vaultKey).sourceHomes) ?? {}
  const { named } = asObject(homes[store.realHome]) ?? {}
  return typeof named === "string" && !store.primary ? { ...store, named } : store
}

function switchedHome(document: Document, target: Target): string | null {
  const home = targetBlock(document, target.vaultKey)[target.homeKey]
  return typeof home === "string" && home.trim() !== "" ? home : null
}

/** A remembered home that this command can't go to, with the reason and the way out. */
export type OutOfReach = { home: string; label: Label; problem: Problem }

/** The remembered homes that can't be resolved any more, or lie outside the chosen home. */
export async function homesOutOfReach(document: Document, target: Target): Promise<OutOfReach[]> {
  const found: OutOfReach[] = []
  for (const [home, label] of rememberedHomes(document, target)) {
    await target.storeAt(home).catch((error: unknown) => {
      if (!(error instanceof AimError)) throw error
      const forget = `aim ${target.id} forget-home ${shellWord(home)}`
      const outside = error.problem.code === "home_escape"
      const hint = outside ? `leave out --home (and AIM_HOME), or: ${forget}` : forget
      found.push({ home, label, problem: { ...error.problem, hint } })
    })
  }
  return found
}

/** One remembered home that is broken must not stop every command; see {@link homesOutOfReach}. */
async function usable(find: () => Promise<Store | null>): Promise<Store | null> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof AimError) return null
    throw error
  }
}

/** Reads one store and finds whose login it holds. */
export async function readStore(document: Document, target: Target, store: Store): Promise<Held> {
  const readback = await target.read(store)
  return { target, store, readback, owner: ownerIn(document, target, store, readback) }
}

/** Reads every store of every target, in the order of the registry. */
export async function everyStore(pool: Pool, document: Document): Promise<Held[]> {
  const held: Held[] = []
  for (const target of pool.targets) {
    for (const store of await storesOf(document, target))
      held.push(await readStore(document, target, store))
  }
  return held
}

/** Reads every live store that holds a login of this label, whatever its age. */
export async function storesHolding(
  pool: Pool,
  document: Document,
  key: LabelKey,
): Promise<Held[]> {
  const held: Held[] = []
  for (const target of targetsOf(pool, key.provider)) {
    for (const store of await storesOf(document, target)) {
      const read = await readStore(document, target, store)
      if (read.owner?.label === key.label) held.push(read)
    }
  }
  return held
}

/**
 * Why a store that this label went into can't be looked into (a locked Keychain, a file that does
 * not parse, or is just being written in place), null where all can.
 */
export async function unreadStoreOf(
  pool: Pool,
  document: Document,
  key: LabelKey,
): Promise<Problem | null> {
  for (const target of targetsOf(pool, key.provider)) {
    for (const store of await storesOf(document, target)) {
      if (expectedIn(document, target, store) !== key.label) continue
      const readback = await target.read(store)
      if (readback.kind === "unreadable") return readback.problem
    }
  }
  return null
}

/** The name of a store's target lock, and its key in the ledger. */
export function storeKey(store: Store): string {
  return `${store.target}-${sha256(store.realHome).slice(0, 16)}`
}

function ownerIn(
  document: Document,
  target: Target,
  store: Store,
  readback: Readback,
): Owner | null {
  if (readback.kind !== "login") return null
  const prefer = expectedIn(document, target, store)
  return settled(document, ownerOfReadback(document, readback, prefer), readback.login)
}

/** The label that went into a store last, as far as aim knows. */
function expectedIn(document: Document, target: Target, store: Store): Label | null {
  const remembered = rememberedHomes(document, target).find(([dir]) => dir === store.realHome)?.[1]
  const active = targetBlock(document, target.vaultKey).activeLabel
  const switched = store.primary || store.home === switchedHome(document, target)
  return switched && typeof active === "string" ? active : (remembered ?? null)
}

/**
 * A conflicting pair that quarantine keeps already has had its say: the home is behind like any
 * other that holds an older one, and may be brought up to date. Not with a pair that is dead: the
 * client there may still work with its own.
 */
function settled(document: Document, owner: Owner | null, login: Login): Owner | null {
  if (owner?.relation !== "conflict" || !isQuarantined(document, login.refresh)) return owner
  const stored = storedLogin(document, { provider: login.provider, label: owner.label })
  if (stored === null || standingVerdict(stored) !== null) return owner
  return { ...owner, relation: "older" }
}
