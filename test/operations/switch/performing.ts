import { performSwitch } from "../../../src/operations/switch/perform.ts"
import { USE } from "../../../src/pool/choose.ts"
import type { Pool } from "../../../src/pool/pool.ts"
import type { Target } from "../../../src/targets/target.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

/** Labels boss and qa, which have as much left; boss is in the client's home. */
export async function pool(how: { boss?: number; qa?: number } = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"])
  const minting = (seconds = 86_400) => ({ expiresInSeconds: seconds })
  await world.label("boss", { dir: world.codexHome, ...minting(how.boss) })
  await world.label("qa", minting(how.qa))
  return world
}

export async function perform(
  world: PoolWorld,
  how: { next?: boolean; adopt?: string; target?: Partial<Target>; pool?: Partial<Pool> } = {},
) {
  const target = { ...world.target, ...how.target }
  const options = {
    label: null,
    next: how.next ?? false,
    dryRun: false,
    adopt: how.adopt ?? null,
    replaceUnmanaged: false,
  }
  const occasion = { ...USE, next: options.next }
  const store = await world.store()
  return performSwitch({ ...world.pool, ...how.pool }, target, store, occasion, options)
}

export const spent = (world: PoolWorld, ...names: string[]) => {
  for (const name of names) world.sim.setUsage(name, { primary: { used_percent: 100 } })
}
export const held = async (world: PoolWorld) => (await world.held()).refresh_token
