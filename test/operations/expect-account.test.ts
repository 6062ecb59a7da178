import { describe, expect, test } from "bun:test"
import { patchAccount } from "../../src/domain/document-edits.ts"
import { type ExpectationChange, expectLogin } from "../../src/operations/expect-account.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"

async function expecting(expected: object): Promise<PoolWorld> {
  const world = await openPoolWorld()
  await world.label("boss")
  await world.edit((document) => patchAccount(document, "boss", { expect: expected }))
  return world
}

const expectIn = async (world: PoolWorld) => (await world.document()).accounts.boss?.expect

const CHANGES: [object, ExpectationChange, object][] = [
  [{}, { email: " Boss@Example.Test " }, { email: "boss@example.test" }],
  [{ email: "a@b" }, { workspace: " ws-1 " }, { email: "a@b", workspace: "ws-1" }],
  [{ email: "a@b", workspace: "w" }, { email: null }, { workspace: "w" }],
  [{ email: "a@b", workspace: "w", other: 1 }, { email: null, workspace: null }, { other: 1 }],
]

describe("what a label must be", () => {
  test.each(CHANGES)("%j changed by %j is %j", async (before, change, after) => {
    await using world = await expecting(before)
    const view = await expectLogin(world.pool, "Boss", change)
    expect(await expectIn(world)).toEqual(after)
    expect({ email: view.expectEmail, workspace: view.expectWorkspace }).toMatchObject(
      Object.fromEntries(Object.entries(after).filter(([key]) => key !== "other")),
    )
    const [receipt] = world.pool.ledger.receipts({ limit: 9 })
    expect(receipt).toMatchObject({ action: "account_expect", status: "applied", label: "boss" })
    expect(receipt?.receipt).toMatchObject({
      before: Object.fromEntries(Object.entries(before).filter(([key]) => key !== "other")),
    })
  })

  test.each([
    [{}, { email: null }],
    [{ email: "a@b" }, { email: "A@B" }],
    [{ email: "a@b" }, {}],
  ] as [object, ExpectationChange][])(
    "%j stays by %j, without a receipt",
    async (before, change) => {
      await using world = await expecting(before)
      const document = await world.text()
      await expectLogin(world.pool, "boss", change)
      expect(await world.text()).toBe(document)
      expect(world.pool.ledger.receipts({ limit: 9 })).toEqual([])
    },
  )

  test("touches no login: one of another person reads `blocked` from now on", async () => {
    await using world = await expecting({})
    const stored = await world.stored("boss")
    const view = await expectLogin(world.pool, "boss", { email: "other@example.test" })
    expect(view.readiness).toMatchObject({ status: "blocked", code: "conflict" })
    expect(await world.stored("boss")).toBe(stored)
  })

  test.each([
    [{ email: "boss" }, "invalid_value", "such as --email boss@example.com"],
    [{ email: "a b@c" }, "invalid_value", "such as --email boss@example.com"],
    [{ workspace: "a b" }, "invalid_value", "`aim account show` names the account id"],
    [{ workspace: "x".repeat(201) }, "invalid_value", "`aim account show` names the account id"],
  ] as [ExpectationChange, string, string][])("is no %j", async (change, code, hint) => {
    await using world = await expecting({})
    expect(await thrownBy(expectLogin(world.pool, "boss", change))).toMatchObject({
      problem: { code, hint },
      exit: 2,
    })
    expect(await expectIn(world)).toEqual({})
  })
})
