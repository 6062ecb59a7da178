import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { foreseeSwitch } from "../../../src/operations/switch/foresee.ts"
import { USE } from "../../../src/pool/choose.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"
import { pictureOf } from "../../vault/temp-vault.ts"

const NOTHING = { label: null, next: false, dryRun: true, adopt: null, replaceUnmanaged: false }

/** Labels boss (its week spent more) and qa, and what the home holds. */
async function pool(seconds = 86_400, env: Record<string, string> = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"], { env })
  await world.label("boss", { dir: world.codexHome, expiresInSeconds: seconds })
  await world.label("qa", { expiresInSeconds: seconds })
  return world
}

const foresee = async (world: PoolWorld, next = false) =>
  foreseeSwitch(world.pool, world.target, await world.store(), { ...USE, next }, NOTHING)

describe("what a switch would do", () => {
  test("is nothing where the home holds the chosen label's very pair", async () => {
    await using world = await pool()
    const [account] = world.sim.accounts()
    expect(await foresee(world)).toMatchObject({
      status: "noop",
      label: "boss",
      accountId: account?.accountId ?? "",
      keptCurrent: true,
      previousLabel: "boss",
      wroteAuthJson: false,
    })
  })

  test("is the label that it would write, and nothing is captured, refreshed or written", async () => {
    await using world = await pool()
    await world.rotate(world.codexHome)
    await foresee(world)
    const files = () =>
      pictureOf(world.home)
        .filter(({ name }) => !/ledger|^\.aimgr$/.test(name))
        .map(({ name, bytes }) => [name, bytes])
    const before = files()
    expect(await foresee(world, true)).toMatchObject({
      status: "activated",
      label: "qa",
      previousLabel: "boss",
      wroteAuthJson: false,
      captured: [],
      refreshed: [],
    })
    expect(files()).toEqual(before)
  })

  test("is told with what the shell gives to say, by readings of the last minute", async () => {
    await using world = await pool(undefined, { CODEX_API_KEY: "sk" })
    for (let time = 0; time < 2; time++)
      expect(await foresee(world)).toMatchObject({ warnings: [{ kind: "codex_env_override" }] })
    expect(world.sim.log().filter(({ kind }) => kind === "usage")).toHaveLength(2)
  })

  test("is what stands in its way, with the choice that it would come to", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    const receipt = await foresee(world)
    expect(receipt).toMatchObject({
      status: "blocked",
      wroteAuthJson: false,
      blockers: [{ kind: "codex_target_unmanaged_login" }],
      decision: { reason: expect.any(String) },
    })
    expect(receipt.label).toBeUndefined()
  })

  test("is a block where nothing can serve", async () => {
    await using world = await pool()
    for (const name of ["boss", "qa"]) world.sim.setUsage(name, { primary: { used_percent: 100 } })
    expect(await foresee(world, true)).toMatchObject({
      status: "blocked",
      wroteAuthJson: false,
      blockers: [{ kind: "nothing_can_serve" }],
    })
  })

  test("is a block where every label is kept out of the home, in one line", async () => {
    await using world = await pool()
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_chatgpt_workspace_id = "x"')
    expect(await foresee(world)).toMatchObject({
      status: "blocked",
      wroteAuthJson: false,
      blockers: [{ kind: "codex_forced_workspace", labels: ["boss"] }],
    })
    await Bun.file(join(world.codexHome, "auth.json")).delete()
    expect((await foresee(world)).blockers).toMatchObject([{ labels: ["boss", "qa"] }])
  })
})

describe("a client that may be refreshing would make it wait", () => {
  test("in the home that is to be written", async () => {
    await using world = await pool(200)
    using client = world.client(world.codexHome)
    expect(await foresee(world, true)).toMatchObject({
      status: "blocked",
      wroteAuthJson: false,
      blockers: [
        { kind: "deferred_client_refreshing", label: "boss", holders: [{ pid: client.pid }] },
      ],
    })
  })

  test("in another home of the label that is chosen and due", async () => {
    await using world = await pool(200)
    await Bun.file(join(world.codexHome, "auth.json")).delete()
    const home = join(world.home, "logins", "qa")
    using _client = world.client(home)
    expect(await foresee(world, true)).toMatchObject({ status: "activated", label: "boss" })
    world.sim.setUsage("boss", { primary: { used_percent: 100 } })
    const views = await foreseeLive(world)
    expect(views).toMatchObject({
      status: "blocked",
      wroteAuthJson: false,
      blockers: [{ kind: "deferred_client_refreshing", label: "qa", store: home }],
    })
  })

  test("but not where nothing is to be written and nothing is due", async () => {
    await using world = await pool()
    using _client = world.client(world.codexHome)
    expect(await foresee(world)).toMatchObject({ status: "noop" })
  })
})

const foreseeLive = async (world: PoolWorld) =>
  foreseeSwitch(world.pool, world.target, await world.store(), USE, NOTHING, "live")
