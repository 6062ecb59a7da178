import { expect, test } from "bun:test"
import { readdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { isActive, keyOf, loginFlowOf, targetsOf, withPool } from "../../src/pool/pool.ts"
import { takeNotices } from "../../src/system/notices.ts"
import { openPoolWorld } from "../support/pool-world.ts"

test("opening a pool changes no file but the ledger, which is closed when the work ends", async () => {
  await using world = await openPoolWorld()
  const seen = await withPool(world.pool.homes, async (pool) => {
    pool.ledger.addReceipt(Date.now(), { action: "x", status: "applied" }, null)
    return { ...pool, ids: pool.targets.map(({ id }) => id), known: Object.keys(pool.providers) }
  })
  expect([seen.ids, seen.known]).toEqual([
    ["codex", "claude", "pi"],
    ["openai-codex", "anthropic"],
  ])
  expect(seen.homes).toBe(world.pool.homes)
  const names = readdirSync(dirname(seen.homes.stateFile)).filter((name) => !/^ledger\./.test(name))
  expect(names).toEqual([])
  // A closed ledger answers out of nothing; the file has what was written.
  expect(seen.ledger.receipts({ limit: 9 })).toEqual([])
  expect(world.pool.ledger.receipts({ limit: 9 })).toHaveLength(1)
})

test("the ledger is closed after work that fails, whose error comes out", async () => {
  await using world = await openPoolWorld()
  let ledger = world.pool.ledger
  const failing = withPool(world.pool.homes, async (pool) => {
    ledger = pool.ledger
    throw new RangeError("the work failed")
  })
  await expect(failing).rejects.toThrow("the work failed")
  world.pool.ledger.addReceipt(Date.now(), { action: "x", status: "applied" }, null)
  expect(ledger.receipts({ limit: 9 })).toEqual([])
})

test("a command that writes clears away what the ledger need not keep any more", async () => {
  await using world = await openPoolWorld()
  const day = 86_400_000
  for (const age of [800 * day, 1])
    world.pool.ledger.addReceipt(Date.now() - age, { action: "x", status: "applied" }, null)
  await withPool(world.pool.homes, async (pool) => {
    expect(pool.ledger.receipts({ limit: 9 })).toHaveLength(2)
  })
  expect(world.pool.ledger.receipts({ limit: 9 })).toHaveLength(2)
  await withPool(world.pool.homes, async (pool) => {
    pool.ledger.endCooling({ provider: "openai-codex", label: "boss" })
  })
  expect(world.pool.ledger.receipts({ limit: 9 })).toHaveLength(1)
})

test("what is wrong with the ledger is left as a notice, but for what the work has told", async () => {
  await using world = await openPoolWorld()
  const broken = () =>
    writeFileSync(`${dirname(world.pool.homes.stateFile)}/ledger.db`, "no database")
  world.pool.ledger.close()
  const codesAfter = async (options?: { tells: boolean }) => {
    broken()
    await withPool(world.pool.homes, async () => {}, options)
    return takeNotices().map(({ code }) => code)
  }
  expect(takeNotices()).toEqual([])
  expect(await codesAfter()).toEqual(["ledger_broken"])
  expect(await codesAfter({ tells: true })).toEqual([])
  broken()
  const failing = withPool(world.pool.homes, () => Promise.reject(new RangeError("failed")), {
    tells: true,
  })
  await expect(failing).rejects.toThrow("failed")
  expect(takeNotices()).toMatchObject([{ code: "ledger_broken" }])
  expect(takeNotices()).toEqual([])
})

test("a login that only its own client can make stops the command with the way out", async () => {
  await using world = await openPoolWorld()
  expect((await loginFlowOf(world.pool, "openai-codex")).ports).toEqual([1455, 1457])
  await expect(loginFlowOf(world.pool, "anthropic")).rejects.toMatchObject({
    problem: { code: "no_login_of_aims_own" },
  })
})

test("a label is active where a target of its own provider was last switched to it", async () => {
  await using world = await openPoolWorld()
  const { pool } = world
  const document = patchTarget(EMPTY_DOCUMENT, "codexCli", { activeLabel: "boss" })
  const active = (provider: "openai-codex" | "anthropic", label: string) =>
    isActive(pool, document, keyOf(provider, label))
  expect(active("openai-codex", "boss")).toBe(true)
  expect(active("openai-codex", "qa")).toBe(false)
  expect(active("anthropic", "boss")).toBe(false)
  expect(targetsOf(pool, "openai-codex").map(({ id }) => id)).toEqual(["codex", "pi"])
  expect(targetsOf(pool, "anthropic")).toHaveLength(1)
})
