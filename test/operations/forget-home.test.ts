import { describe, expect, test } from "bun:test"
import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { targetBlock } from "../../src/domain/document.ts"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { forgetHome } from "../../src/operations/forget-home.ts"
import { storesOf } from "../../src/pool/stores.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf, thrownBy } from "../vault/temp-vault.ts"

const forget = ({ pool, target }: PoolWorld, dir: string) => forgetHome(pool, target, dir)
const remembered = async (world: PoolWorld) =>
  Object.keys((targetBlock(await world.document(), "codexCli").sourceHomes as object) ?? {})

describe("a home that is forgotten", () => {
  test("is no store any more; its files stay as they are, the others stay remembered", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    const dir = await world.label("boss")
    const other = await world.label("qa")
    const before = pictureOf(dir)
    expect(await forget(world, dir)).toEqual({
      home: dir,
      label: "boss",
      captured: false,
      stores: [],
    })
    expect(pictureOf(dir)).toEqual(before)
    expect(await remembered(world)).toEqual([other])
    const stores = await storesOf(await world.document(), world.target)
    expect(stores.map(({ home }) => home)).toEqual([world.codexHome, other])
    expect(world.pool.ledger.receipts({ limit: 1 })).toMatchObject([
      { action: "codex_forget_home", status: "applied", target: "codex", label: "boss" },
    ])
  })

  test("gives what its client rotated first, which reaches the label's other homes", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    await world.login("boss", { dir: world.codexHome })
    await world.take("boss", world.codexHome)
    // The home has the former pair of the client's own, which has rotated it since.
    await Bun.write(join(dir, "auth.json"), Bun.file(join(world.codexHome, "auth.json")))
    const rotated = await world.rotate(dir)
    expect(await forget(world, dir)).toMatchObject({
      captured: true,
      stores: [{ store: world.codexHome, outcome: "reached" }],
    })
    expect([await world.stored("boss"), (await world.held()).refresh_token]).toEqual([
      rotated,
      rotated,
    ])
  })

  test.each(["relative", "link"])("is known by another way to it: %s", async (way) => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    symlinkSync(dir, join(world.home, "link"))
    const typed = way === "link" ? join(world.home, "link") : "logins/boss"
    expect(await forget(world, typed)).toMatchObject({ home: typed, label: "boss" })
    expect(await remembered(world)).toEqual([])
  })

  test("may be one that can't be resolved any more, as it is written down", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    const loop = join(world.home, "loop")
    symlinkSync(loop, loop)
    await world.edit((document) =>
      patchTarget(document, "codexCli", { sourceHomes: { [loop]: null } }),
    )
    expect(await forget(world, loop)).toMatchObject({ label: null, captured: false })
    expect(await remembered(world)).toEqual([])
  })
})

describe("a home that is not remembered", () => {
  test("stops with those that are, and is not looked into", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    const dirs = [await world.label("boss"), await world.label("qa")]
    await world.login("boss", { dir: world.codexHome })
    const before = await world.text()
    expect(await thrownBy(forget(world, world.codexHome))).toMatchObject({
      problem: {
        code: "home_not_remembered",
        message: `${world.codexHome} is not a remembered home`,
        hint: `the remembered homes are: ${dirs.join(", ")}`,
      },
    })
    expect(await world.text()).toBe(before)
  })

  test("where none is remembered says so", async () => {
    await using world = await openPoolWorld([])
    mkdirSync(join(world.home, "x"))
    expect(await thrownBy(forget(world, join(world.home, "x")))).toMatchObject({
      problem: { code: "home_not_remembered", hint: "no home is remembered" },
    })
  })
})
