import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { targetBlock } from "../../../src/domain/document.ts"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { finishIntent, withIntent, withSwitched } from "../../../src/operations/switch/intent.ts"
import { fail } from "../../../src/system/errors.ts"
import { Secret } from "../../../src/system/secret.ts"
import type { Target } from "../../../src/targets/target.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

const block = async (world: PoolWorld) => targetBlock(await world.document(), "codexCli")
const receipts = ({ pool }: PoolWorld) => pool.ledger.receipts({ limit: 9 })
const finish = async (world: PoolWorld, dir?: string) =>
  finishIntent(world.pool, world.target, await world.store(dir))

/** A switch to `boss` that died; the home holds the login of an account, or nothing. */
async function died(holds: string | null, intent: object = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa"])
  await world.label("boss")
  await world.label("qa")
  if (holds !== null) await hold(world, holds)
  const pair = pairHash(new Secret(String(await world.stored("boss"))))
  await world.edit((document) =>
    patchTarget(document, "codexCli", {
      activeLabel: "qa",
      switchIntent: { label: "boss", pair, home: world.codexHome, ...intent },
    }),
  )
  return world
}

const hold = ({ codexHome, home }: PoolWorld, label: string) =>
  Bun.write(join(codexHome, "auth.json"), Bun.file(join(home, "logins", label, "auth.json")))

describe("before the first file of a switch", () => {
  test("the intent says what is about to be written where, without a token", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    const store = await world.store()
    const document = withIntent(await world.document(), world.target, store, "boss", "ab12")
    expect(targetBlock(document, "codexCli").switchIntent).toEqual({
      label: "boss",
      home: world.codexHome,
      pair: "ab12",
      at: expect.stringMatching(/Z$/),
    })
  })

  test("and a home that is not the client's own is remembered as a store already", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    const dir = await world.login("boss", { dir: join(world.home, "elsewhere") })
    const store = await world.store(dir)
    for (const document of [
      withIntent(await world.document(), world.target, store, "boss", "ab12"),
      withSwitched(await world.document(), world.target, store, "boss"),
    ])
      expect(targetBlock(document, "codexCli").sourceHomes).toMatchObject({
        [dir]: { label: "boss" },
      })
  })
})

test("after a switch the target knows label, account, home and time, and no intent", async () => {
  await using world = await died(null)
  const store = await world.store()
  const document = withSwitched(await world.document(), world.target, store, "boss", { extra: 1 })
  const [account] = world.sim.accounts()
  const after = targetBlock(document, "codexCli")
  expect(after).toMatchObject({
    homeDir: world.codexHome,
    activeLabel: "boss",
    expectedAccountId: account?.accountId ?? "",
    extra: 1,
  })
  expect(Math.abs(Date.parse(String(after.lastAppliedAt)) - Date.now())).toBeLessThan(60_000)
  expect(after).not.toHaveProperty("switchIntent")
})

describe("a switch that died", () => {
  test("in another home is left to whoever holds that one's lock", async () => {
    await using world = await died("boss")
    const before = await block(world)
    await finishIntent(world.pool, world.target, await world.store(join(world.home, "elsewhere")))
    expect(await block(world)).toEqual(before)
    const store = await world.store(join(world.home, "elsewhere"))
    const after = withSwitched(await world.document(), world.target, store, "boss")
    expect(targetBlock(after, "codexCli").switchIntent).toEqual(before.switchIntent)
  })

  test("with the file written is recorded as done, with a receipt that says so", async () => {
    await using world = await died("boss")
    await finish(world)
    const after = await block(world)
    expect(after).toMatchObject({ activeLabel: "boss", homeDir: world.codexHome })
    expect(after).not.toHaveProperty("switchIntent")
    const [receipt] = receipts(world)
    expect(receipt).toMatchObject({ action: "codex_use", status: "activated", label: "boss" })
    expect(receipt?.receipt).toMatchObject({
      previousLabel: "qa",
      reasons: ["finished_after_interruption"],
      wroteAuthJson: true,
      accountId: String(after.expectedAccountId),
    })
    expect(after.lastSelectionReceipt).toEqual(receipt?.receipt ?? {})
  })

  test("with a file that can't be written now stays begun: nothing is recorded as done", async () => {
    await using world = await died("boss")
    const before = await block(world)
    const stuck: Target = {
      ...world.target,
      apply: async () => fail("codex_target_write_failed", "the disk is full"),
      verify: async () => ({ code: "readback_mismatch", message: "half of it is missing" }),
    }
    await finishIntent(world.pool, stuck, await world.store())
    expect(await block(world)).toEqual(before)
    expect(receipts(world)).toEqual([])
    await finish(world)
    expect(await block(world)).not.toHaveProperty("switchIntent")
  })

  test.each([
    ["another label's login", "qa", {}],
    ["no login", null, {}],
    ["the pair, which is another label's by now", "boss", { label: "qa" }],
    ["another pair of the label", "boss", { pair: "another" }],
  ])("before it never happened: the home holds %s", async (_name, holds, intent) => {
    await using world = await died(holds, intent)
    const { switchIntent: _open, ...before } = await block(world)
    await finish(world)
    expect(await block(world)).toEqual(before)
    expect(receipts(world)).toEqual([])
  })

  test("is nobody's business where none was begun", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    const before = await world.text()
    await finish(world)
    expect(await world.text()).toBe(before)
  })
})
