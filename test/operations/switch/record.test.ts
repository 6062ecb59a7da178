import { describe, expect, test } from "bun:test"
import { patchAccount } from "../../../src/domain/document-edits.ts"
import type { SelectionReceipt } from "../../../src/domain/receipt.ts"
import { emptyProgress, selectionReceipt } from "../../../src/operations/switch/receipt.ts"
import { recordHistory, recordReceipt } from "../../../src/operations/switch/record.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

async function receiptOf(world: PoolWorld, more: Partial<SelectionReceipt>) {
  const end = {
    status: "activated",
    label: "boss",
    accountId: "acct-1",
    wrote: ["auth.json"],
  } as const
  const receipt = selectionReceipt(world.target, await world.store(), emptyProgress(), end)
  return { ...receipt, ...more } as SelectionReceipt
}

async function pool(names: string[]): Promise<PoolWorld> {
  const world = await openPoolWorld(names)
  for (const name of names) await world.label(name)
  return world
}

async function historyOf(world: PoolWorld, more: Partial<SelectionReceipt>) {
  const receipt = await receiptOf(world, more)
  recordHistory(world.pool, world.target, await world.document(), receipt)
  return world.pool.ledger.history("openai-codex", Date.now())
}

test("a switch's receipt is in the ledger at its own time, under its client", async () => {
  await using world = await pool(["boss"])
  const observedAt = "2026-11-21T12:00:00.000Z"
  recordReceipt(world.pool, world.target, await receiptOf(world, { observedAt, status: "noop" }))
  expect(world.pool.ledger.receipts({ limit: 9 })).toMatchObject([
    { at: Date.parse(observedAt), action: "codex_use", status: "noop", target: "codex" },
  ])
})

describe("the history has, in the reference's words,", () => {
  test("a selection with its label and whether another one could have served", async () => {
    await using world = await pool(["boss", "qa"])
    const [entry] = await historyOf(world, {})
    expect(entry).toMatchObject({
      kind: "selection",
      status: "activated",
      label: "boss",
      accountId: "acct-1",
      hadSpareEligibleCapacity: true,
      reason: "next_best",
    })
  })

  test("a label that was kept", async () => {
    await using world = await pool(["boss"])
    expect(await historyOf(world, { keptCurrent: true })).toMatchObject([
      { reason: "kept_current", hadSpareEligibleCapacity: false },
    ])
  })

  test("no spare one where the others are disabled or not ready", async () => {
    await using world = await pool(["boss", "qa"])
    await world.edit((document) => patchAccount(document, "qa", { pool: { enabled: false } }))
    expect(await historyOf(world, {})).toMatchObject([{ hadSpareEligibleCapacity: false }])
  })

  test.each([
    [[{ kind: "nothing_can_serve" }], "no_eligible_pool_account"],
    [[{ kind: "codex_forced_workspace" }, { kind: "x" }], "codex_forced_workspace"],
    [[], "blocked"],
  ])("a block by its name: %j", async (blockers, reason) => {
    await using world = await pool(["boss", "qa"])
    const {
      label: _label,
      accountId: _id,
      ...blocked
    } = await receiptOf(world, {
      status: "blocked",
      blockers,
    })
    recordHistory(world.pool, world.target, await world.document(), blocked)
    const [entry] = world.pool.ledger.history("openai-codex", Date.now())
    expect(entry).toEqual({
      observedAt: blocked.observedAt,
      kind: "selection",
      status: "blocked",
      hadSpareEligibleCapacity: false,
      reason,
    })
  })

  test("nothing of a switch that found nothing to do", async () => {
    await using world = await pool(["boss"])
    expect(await historyOf(world, { status: "noop" })).toEqual([])
  })
})
