import { asObject, type Document, targetBlock } from "../domain/document.ts"
import { patchTarget } from "../domain/document-edits.ts"
import type { Label } from "../domain/label.ts"
import type { Store } from "../domain/store.ts"
import { captureStore } from "../pool/capture.ts"
import { commit } from "../pool/commit.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { AimError, fail } from "../system/errors.ts"
import type { Target } from "../targets/target.ts"

/**
 * `aim <target> forget-home <dir>`: the home is no longer a store of its label; aim neither reads
 * nor writes it any more. What its client rotated is captured before, or the label would be left
 * with a spent login; the files there stay as they are.
 */
export async function forgetHome(
  pool: Pool,
  target: Target,
  dir: string,
): Promise<{ home: string; label: Label | null; captured: boolean; stores: Healed[] }> {
  const names = await namesOf((await pool.vault.read()).document, target, dir)
  const captured = await captureLast(pool, target, names)
  let label: Label | null = null
  await commit(pool, (document) => {
    const { sourceHomes, [target.homeKey]: switched } = targetBlock(document, target.vaultKey)
    const homes = asObject(sourceHomes) ?? {}
    const [entry] = names.filter((key) => Object.hasOwn(homes, key))
    if (entry === undefined) {
      const known = Object.keys(homes)
      return fail(
        "home_not_remembered",
        `${dir} is not a remembered home`,
        known.length === 0
          ? "no home is remembered"
          : `the remembered homes are: ${known.join(", ")}`,
      )
    }
    const name = asObject(homes[entry])?.label
    label = typeof name === "string" ? name : null
    const kept = Object.entries(homes).filter(([key]) => !names.includes(key))
    return patchTarget(document, target.vaultKey, {
      sourceHomes: Object.fromEntries(kept),
      // A home that was switched last is a store by that name too.
      ...(typeof switched === "string" &&
        names.includes(switched) && { [target.homeKey]: undefined }),
    })
  })
  const forgotten = { home: dir, label, captured, stores: captured ? await healStores(pool) : [] }
  recordAct(
    pool,
    { action: `${target.id}_forget_home`, status: "applied", ...forgotten },
    target.id,
  )
  return forgotten
}

/** Takes the newer pair of a home that is remembered under one of these names; true when it had one. */
async function captureLast(pool: Pool, target: Target, names: string[]): Promise<boolean> {
  const { document } = await pool.vault.read()
  const homes = asObject(targetBlock(document, target.vaultKey).sourceHomes) ?? {}
  const [realHome] = names.filter((name) => Object.hasOwn(homes, name))
  if (realHome === undefined || names.length === 1) return false
  const store = await target.storeAt(realHome)
  return (await captureStore(pool, document, target, store)) !== null
}

/**
 * The ways a home may be written down, and is in the state file; one that can't be resolved any
 * more is known as typed.
 */
async function namesOf(document: Document, target: Target, dir: string): Promise<string[]> {
  const store = await resolved(target, dir)
  if (store === null) return [dir]
  const { sourceHomes, homeDir } = targetBlock(document, target.vaultKey)
  const written = [...Object.keys(asObject(sourceHomes) ?? {}), homeDir]
  const names = [store.realHome, store.home, dir]
  for (const name of written) {
    if (typeof name !== "string") continue
    if ((await resolved(target, name))?.realHome === store.realHome) names.push(name)
  }
  return names
}

async function resolved(target: Target, dir: string): Promise<Store | null> {
  try {
    return await target.storeAt(dir)
  } catch (error) {
    if (error instanceof AimError) return null
    throw error
  }
}
