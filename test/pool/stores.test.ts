import { describe, expect, test } from "bun:test"
import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { patchTarget } from "../../src/domain/document-edits.ts"
import {
  homesOutOfReach,
  readStore,
  rememberedHomes,
  storeKey,
  storesHolding,
  storesOf,
} from "../../src/pool/stores.ts"
import { fail } from "../../src/system/errors.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const remember = (world: PoolWorld, sourceHomes: object, more: object = {}) =>
  world.edit((document) => patchTarget(document, "codexCli", { sourceHomes, ...more }))

const homesOf = async (world: PoolWorld) =>
  (await storesOf(await world.document(), world.target)).map(({ home }) => home)

describe("the stores of a target", () => {
  test("are its own home, the one switched last, and the remembered ones, in this order", async () => {
    await using world = await openPoolWorld([])
    const [a, b, other] = ["a", "b", "other"].map((name) => join(world.home, name))
    await remember(
      world,
      { [`${b}`]: { label: "qa" }, [`${a}`]: { label: "boss" } },
      {
        homeDir: other,
      },
    )
    expect(await homesOf(world)).toEqual([world.codexHome, `${other}`, `${b}`, `${a}`])
  })

  test("are each named once, whatever links lead to them", async () => {
    await using world = await openPoolWorld([])
    await mkdir(world.codexHome)
    const [link, again] = [join(world.home, "link"), join(world.home, "again")]
    await symlink(world.codexHome, link)
    await symlink(world.codexHome, again)
    await remember(world, { [link]: { label: "boss" } }, { homeDir: again })
    expect(await homesOf(world)).toEqual([world.codexHome])
  })

  test("leave out a blank memory and a home outside the chosen one", async () => {
    await using world = await openPoolWorld([])
    const labelless = join(world.home, "x")
    await remember(world, { [labelless]: { label: 7 }, y: null }, { homeDir: " " })
    expect(await homesOf(world)).toEqual([world.codexHome])
    expect(rememberedHomes(await world.document(), world.target)).toEqual([])
    await remember(world, {}, { homeDir: "/elsewhere" })
    expect(await homesOf(world)).toEqual([world.codexHome])
  })

  test("do without a remembered home that is broken, which is named with its way out", async () => {
    await using world = await openPoolWorld([])
    const [loop, good] = [join(world.home, "loop"), join(world.home, "good")]
    await symlink(loop, loop)
    await remember(world, { [loop]: { label: "boss" }, [good]: { label: "qa" } })
    expect(await homesOf(world)).toEqual([world.codexHome, good])
    const hint = `aim codex forget-home ${loop}`
    expect(await homesOutOfReach(await world.document(), world.target)).toMatchObject([
      { home: loop, label: "boss", problem: { code: "codex_home_unusable", hint } },
    ])
  })

  test("of a sandbox are inside it: a remembered home elsewhere is named, not opened", async () => {
    await using world = await openPoolWorld([])
    await remember(world, { "/else where": { label: "boss" } })
    expect(await homesOf(world)).toEqual([world.codexHome])
    const [home] = await homesOutOfReach(await world.document(), world.target)
    expect(home?.problem).toMatchObject({
      code: "home_escape",
      hint: "leave out --home (and AIM_HOME), or: aim codex forget-home '/else where'",
    })
  })

  test("hide no fault of aim itself", async () => {
    await using world = await openPoolWorld([])
    await remember(world, { "/x": { label: "boss" } })
    const storeAt = () => Promise.reject(new TypeError("a fault"))
    const target = { ...world.target, storeAt }
    const document = await world.document()
    await expect(storesOf(document, target)).rejects.toThrow("a fault")
    await expect(homesOutOfReach(document, target)).rejects.toThrow("a fault")
    const known = { ...world.target, storeAt: async () => fail("known", "known") }
    expect(await storesOf(document, known)).toHaveLength(1)
  })
})

describe("whose login a store holds", () => {
  test("is told for every store, however old the pair; another label's is not among them", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    const own = await world.label("boss")
    await world.label("qa")
    await world.login("boss", { dir: world.codexHome })
    await world.take("boss", world.codexHome)
    const key = { provider: "openai-codex", label: "boss" } as const
    const held = await storesHolding(world.pool, await world.document(), key)
    expect(held.map(({ store, owner }) => [store.home, owner?.relation])).toEqual([
      [world.codexHome, "same"],
      [own, "older"],
    ])
  })

  test("is nobody's where it is no login", async () => {
    await using world = await openPoolWorld(["boss"])
    const held = await readStore(await world.document(), world.target, await world.store())
    expect(held).toMatchObject({ readback: { kind: "absent" }, owner: null })
  })

  // Two labels of one person: a new pair of hers could be either's.
  const OWNERS: [string, object, string][] = [
    ["primary", { activeLabel: "second" }, "second"],
    ["primary", {}, "first"],
    ["remembered", { activeLabel: "first" }, "second"],
    ["switched", { activeLabel: "second" }, "second"],
  ]
  test.each(OWNERS)(
    "where two labels could be it in the %s home, is the recorded one's (%j)",
    async (which, block, owner) => {
      await using world = await openPoolWorld(["boss"])
      for (const label of ["first", "second"]) await world.take(label, await world.login("boss"))
      const dir = which === "primary" ? world.codexHome : join(world.home, which)
      await world.login("boss", { dir })
      const sourceHomes = which === "remembered" ? { [dir]: { label: "second" } } : {}
      const homeDir = which === "switched" ? dir : undefined
      await remember(world, sourceHomes, { ...block, homeDir })
      const held = await readStore(await world.document(), world.target, await world.store(dir))
      expect(held.owner).toEqual({ label: owner, relation: "newer" })
    },
  )
})

test("two paths to one home have one key, two homes have two", async () => {
  await using world = await openPoolWorld([])
  await mkdir(world.codexHome)
  const link = join(world.home, "link")
  await symlink(world.codexHome, link)
  const [own, same, other] = await Promise.all(
    [undefined, link, join(world.home, "other")].map((dir) => world.store(dir)),
  )
  if (own === undefined || same === undefined || other === undefined) throw new Error("no store")
  expect(storeKey(own)).toMatch(/^codex-[0-9a-f]{16}$/)
  expect(storeKey(same)).toBe(storeKey(own))
  expect(storeKey(other)).not.toBe(storeKey(own))
})
