import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { readHistory, readReceipt } from "../../src/operations/history.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"

const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 21, 12)

/** Three receipts, a minute apart: a switch, a refresh of qa, a capture of boss. */
async function recorded(): Promise<PoolWorld> {
  const world = await openPoolWorld([])
  const add = (minute: number, action: string, label: string, target: string | null) =>
    world.pool.ledger.addReceipt(
      NOW + minute * MINUTE,
      { action, status: "applied", label },
      target,
    )
  add(0, "codex_use", "boss", "codex")
  add(1, "refresh", "qa", null)
  add(2, "codex_capture", "boss", "codex")
  return world
}

async function actions(world: PoolWorld, filter: Partial<Parameters<typeof readHistory>[1]>) {
  const { receipts } = await readHistory(world.pool, { since: null, limit: 9, ...filter })
  return receipts.map(({ action }) => action)
}

describe("the receipts", () => {
  test("come newest first, whole, with ISO times", async () => {
    await using world = await recorded()
    const { receipts, warnings } = await readHistory(world.pool, { since: null, limit: 9 })
    expect(receipts[0]).toEqual({
      id: 3,
      at: new Date(NOW + 2 * MINUTE).toISOString(),
      action: "codex_capture",
      status: "applied",
      target: "codex",
      label: "boss",
      receipt: { action: "codex_capture", status: "applied", label: "boss" },
    })
    expect(warnings).toEqual([])
  })

  const FILTERS: [Partial<Parameters<typeof readHistory>[1]>, string[]][] = [
    [{}, ["codex_capture", "refresh", "codex_use"]],
    [{ limit: 1 }, ["codex_capture"]],
    [{ label: " QA " }, ["refresh"]],
    [{ label: "gone" }, []],
    [{ target: "codex" }, ["codex_capture", "codex_use"]],
    [{ since: NOW + MINUTE }, ["codex_capture", "refresh"]],
    [{ since: NOW + MINUTE, target: "codex" }, ["codex_capture"]],
  ]
  test.each(FILTERS)("by %j are %j", async (filter, expected) => {
    await using world = await recorded()
    expect(await actions(world, filter)).toEqual(expected)
  })

  test("of a label that was renamed since stand under its present name", async () => {
    await using world = await recorded()
    world.pool.ledger.moveLabel("openai-codex", "boss", "chief")
    expect(await actions(world, { label: "chief" })).toEqual(["codex_capture", "codex_use"])
    expect((await readReceipt(world.pool, "1")).receipt).toMatchObject({
      label: "chief",
      receipt: { label: "boss" },
    })
  })

  test("of what is no label are wrong usage", async () => {
    await using world = await recorded()
    expect(await thrownBy(actions(world, { label: "no label!" }))).toMatchObject({
      problem: { code: "invalid_label", hint: "aim history --label boss" },
      exit: 2,
    })
  })
})

describe("one receipt", () => {
  test("is found by its number", async () => {
    await using world = await recorded()
    expect(await readReceipt(world.pool, "2")).toMatchObject({
      receipt: { id: 2, action: "refresh" },
    })
  })

  test.each([
    ["99", "unknown_receipt", 1, "aim history"],
    ["0", "unknown_receipt", 1, "aim history"],
    ["-1", "invalid_id", 2, "aim history lists them"],
    ["2x", "invalid_id", 2, "aim history lists them"],
    ["1".repeat(16), "invalid_id", 2, "aim history lists them"],
    ["", "invalid_id", 2, "aim history lists them"],
  ])("is not found by %p (%s)", async (typed, code, exit, hint) => {
    await using world = await recorded()
    expect(await thrownBy(readReceipt(world.pool, typed))).toMatchObject({
      problem: { code, hint },
      exit,
    })
  })
})

describe("after the ledger was lost", () => {
  test("the receipts that the state file has are shown", async () => {
    await using world = await openPoolWorld([])
    const observedAt = new Date().toISOString()
    const lastSelectionReceipt = { action: "codex_use", status: "activated", observedAt }
    await world.edit((document) => patchTarget(document, "codexCli", { lastSelectionReceipt }))
    expect((await readReceipt(world.pool, "1")).receipt).toMatchObject({ at: observedAt })
    expect(await actions(world, {})).toEqual(["codex_use"])
  })

  test("a state file that can't be read stops nothing", async () => {
    await using world = await recorded()
    writeFileSync(world.pool.vault.paths.file, "{ broken")
    expect(await actions(world, { limit: 1 })).toEqual(["codex_capture"])
    const vault = { ...world.pool.vault, read: () => Promise.reject(new TypeError("a fault")) }
    const history = readHistory({ ...world.pool, vault }, { since: null, limit: 9 })
    await expect(history).rejects.toThrow("a fault")
  })
})

test("what is wrong with the ledger is said beside what it still knows", async () => {
  await using world = await recorded()
  const problem = { code: "ledger_locked", message: "locked", hint: "wait" }
  const pool = { ...world.pool, ledger: { ...world.pool.ledger, warnings: [problem] } }
  const finding = { kind: "ledger_locked", detail: "locked", hint: "wait" }
  expect((await readHistory(pool, { since: null, limit: 9 })).warnings).toEqual([finding])
  expect((await readReceipt(pool, "1")).warnings).toEqual([finding])
})
