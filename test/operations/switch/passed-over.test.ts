import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { performSwitch } from "../../../src/operations/switch/perform.ts"
import { USE } from "../../../src/pool/choose.ts"
import type { Pool } from "../../../src/pool/pool.ts"
import type { Target } from "../../../src/targets/target.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

const TOKEN = "/oauth/token"

/** Labels boss and qa, which have as much left; boss is in the client's home. */
async function pool(how: { boss?: number; qa?: number } = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"])
  const minting = (seconds = 86_400) => ({ expiresInSeconds: seconds })
  await world.label("boss", { dir: world.codexHome, ...minting(how.boss) })
  await world.label("qa", minting(how.qa))
  return world
}

async function perform(
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

const spent = (world: PoolWorld, ...names: string[]) => {
  for (const name of names) world.sim.setUsage(name, { primary: { used_percent: 100 } })
}
const held = async (world: PoolWorld) => (await world.held()).refresh_token

describe("a chosen label that can't be had is passed over", () => {
  test("where its login proves dead on the way", async () => {
    await using world = await pool({ qa: 600 })
    world.sim.expire("qa", "refresh")
    spent(world, "boss")
    const receipt = await perform(world)
    expect(receipt.refreshed).toMatchObject([{ label: "qa", outcome: "dead" }])
    expect(receipt.status === "blocked" || receipt.label === "boss").toBe(true)
    expect(await held(world)).toBe(String(await world.stored("boss")))
  })

  test("where its access token is out and can't be renewed now", async () => {
    await using world = await pool()
    await perform(world)
    const out = { dir: join(world.home, "logins", "qa"), expiresInSeconds: -1 }
    await world.take("qa", await world.login("qa", out))
    world.sim.addFault({ path: TOKEN, kind: "status", status: 500 })
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({ status: "blocked", blockers: [{ kind: "nothing_can_serve" }] })
    expect(await held(world)).toBe(String(await world.stored("boss")))
  })

  test("but serves while its access token lives, even if it can't be renewed now", async () => {
    await using world = await pool({ qa: 600 })
    world.sim.addFault({ path: TOKEN, kind: "status", status: 500 })
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({
      label: "qa",
      refreshed: [{ label: "qa", outcome: "transient", detail: "http_500" }],
    })
  })

  test("and does not where what came for it was another's", async () => {
    await using world = await pool({ qa: 600 })
    world.sim.addFault({ path: TOKEN, kind: "other_account", as: "guest" })
    const receipt = await perform(world, { next: true })
    expect(receipt.refreshed).toMatchObject([{ label: "qa", outcome: "quarantined" }])
    expect(receipt.status).toBe("blocked")
  })

  test("where the home's configuration keeps it out", async () => {
    await using world = await pool()
    const [boss] = world.sim.accounts()
    const config = `forced_chatgpt_workspace_id = "${boss?.accountId}"`
    writeFileSync(join(world.codexHome, "config.toml"), config)
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({
      status: "blocked",
      blockers: [{ kind: "codex_forced_workspace", labels: ["qa"] }],
    })
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_chatgpt_workspace_id = "x"')
    expect((await perform(world)).blockers).toMatchObject([{ labels: ["boss"] }])
  })
})
