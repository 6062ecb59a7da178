import { describe, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { healLabel, healStore, healStores } from "../../src/pool/heal.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const NEXT = "next"

/** A label with a home of its own, and the client's home with the same or a later pair. */
async function twoHomes(): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld(["boss", "qa"])
  const dir = await world.label("boss")
  return { ...world, dir }
}

/** The label's pair is a newer one now, which no store holds. */
async function renewed(world: PoolWorld, label = "boss"): Promise<string> {
  await world.take(label, await world.login(label, { dir: join(world.home, NEXT) }))
  return String(await world.stored(label))
}

const refreshIn = async (world: PoolWorld, dir: string) => (await world.held(dir)).refresh_token
const bytesOf = (dir: string) => readFileSync(join(dir, "auth.json"), "utf8")

describe("a label's newest pair", () => {
  test("reaches every store that holds an older one", async () => {
    await using world = await twoHomes()
    await world.login("boss", { dir: world.codexHome })
    await world.take("boss", world.codexHome)
    const newest = await renewed(world)
    expect(await healStores(world.pool)).toEqual([
      { store: world.codexHome, label: "boss", outcome: "reached" },
      { store: world.dir, label: "boss", outcome: "reached" },
    ])
    for (const dir of [world.codexHome, world.dir]) expect(await refreshIn(world, dir)).toBe(newest)
    expect(await healStores(world.pool)).toEqual([])
  })

  test("is captured first where a client rotated it, and then reaches the others", async () => {
    await using world = await twoHomes()
    await world.login("boss", { dir: world.codexHome })
    await world.take("boss", world.codexHome)
    const rotated = await world.rotate(world.codexHome)
    expect(await healStores(world.pool)).toEqual([
      { store: world.codexHome, label: "boss", outcome: "captured" },
      { store: world.dir, label: "boss", outcome: "reached" },
    ])
    expect([await world.stored("boss"), await refreshIn(world, world.dir)]).toEqual([
      rotated,
      rotated,
    ])
  })

  test("leaves one home alone when it is asked to", async () => {
    await using world = await twoHomes()
    await renewed(world)
    const before = bytesOf(world.dir)
    expect(await healStores(world.pool, await world.store(world.dir))).toEqual([])
    expect(bytesOf(world.dir)).toBe(before)
  })

  test("reaches its own stores alone, when it is one label that is healed", async () => {
    await using world = await twoHomes()
    const other = await world.label("qa")
    await renewed(world)
    await renewed(world, "qa")
    const before = bytesOf(other)
    expect(await healLabel(world.pool, keyOf("openai-codex", "boss"))).toEqual([
      { store: world.dir, label: "boss", outcome: "reached" },
    ])
    expect(await healLabel(world.pool, keyOf("anthropic", "qa"))).toEqual([])
    expect(bytesOf(other)).toBe(before)
  })
})

describe("what healing does not touch", () => {
  test("is a stranger's login, a blanked one, and the same pair", async () => {
    await using world = await twoHomes()
    await world.login("qa", { dir: world.codexHome })
    const before = bytesOf(world.codexHome)
    expect(await healStores(world.pool)).toEqual([])
    writeFileSync(join(world.dir, "auth.json"), '{"tokens":null}')
    expect(await healStores(world.pool)).toEqual([])
    expect(bytesOf(world.codexHome)).toBe(before)
    expect(await healStore(world.pool, world.target, await world.store())).toBeNull()
    await world.label("boss")
    expect(await healStore(world.pool, world.target, await world.store(world.dir))).toBeNull()
  })

  test("is a pair in conflict with the stored one, which is named with its way out", async () => {
    await using world = await twoHomes()
    await world.login("boss", { dir: world.codexHome, expiresInSeconds: -9 * 86_400 })
    const before = bytesOf(world.codexHome)
    expect(await healStores(world.pool)).toMatchObject([
      {
        store: world.codexHome,
        label: "boss",
        outcome: "conflict",
        detail: `${world.codexHome}/auth.json holds a login of \`boss\` that is neither the stored one nor a later one`,
        hint: `aim codex capture boss --source-home ${world.codexHome} puts it into quarantine, and the next command brings the home up to date`,
      },
    ])
    expect(await healStore(world.pool, world.target, await world.store())).toBeNull()
    expect(bytesOf(world.codexHome)).toBe(before)
  })
})
