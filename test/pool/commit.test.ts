import { expect, test } from "bun:test"
import { asObject, EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { patchAccount } from "../../src/domain/document-edits.ts"
import { commit, withHistory } from "../../src/pool/commit.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf } from "../vault/temp-vault.ts"

const HOUR = 3_600_000
const entry = (hoursAgo: number, label: string, kind = "selection") => ({
  observedAt: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
  kind,
  label,
})

const historyOf = async (world: PoolWorld, key: string) =>
  asObject((await world.document()).pool[key])?.history

/** A world whose file carries this history for Codex. */
async function withFileHistory(history: unknown): Promise<PoolWorld> {
  const world = await openPoolWorld([])
  await world.edit((document) => ({ ...document, pool: { openaiCodex: { history, kept: 1 } } }))
  return world
}

test("a change that gives its own document back touches no file", async () => {
  await using world = await withFileHistory([entry(1, "boss")])
  const folder = world.pool.vault.paths.dir
  const files = () => pictureOf(folder).filter(({ name }) => name.startsWith("secrets"))
  const before = files()
  world.pool.ledger.addHistory("openai-codex", entry(0, "qa"))
  await commit(world.pool, (document) => document)
  expect(files()).toEqual(before)
})

test("entries that only the file has are taken in first, then the ledger's are written out", async () => {
  const [old, news] = [entry(2, "boss"), entry(1, "qa")]
  await using world = await withFileHistory([old])
  world.pool.ledger.addHistory("openai-codex", news)
  const document = await commit(world.pool, (fresh) => patchAccount(fresh, "boss", { note: 1 }))
  expect(document.accounts.boss).toMatchObject({ note: 1 })
  expect(await historyOf(world, "openaiCodex")).toEqual([old, news])
  expect((await world.document()).pool.openaiCodex).toMatchObject({ kept: 1 })
  expect(world.pool.ledger.history("openai-codex", Date.now())).toEqual([old, news])
})

test("each provider's history stands under the reference's name for it", async () => {
  await using world = await openPoolWorld([])
  const [codex, claude] = [entry(2, "boss"), entry(1, "lessons", "rebalance")]
  world.pool.ledger.addHistory("openai-codex", codex)
  world.pool.ledger.addHistory("anthropic", claude)
  await commit(world.pool, (fresh) => patchAccount(fresh, "boss", { note: 1 }))
  expect(await historyOf(world, "openaiCodex")).toEqual([codex])
  expect(await historyOf(world, "anthropic")).toEqual([claude])
})

test("a pool without any history gets no empty one", async () => {
  await using world = await openPoolWorld([])
  const document = await commit(world.pool, (fresh) => patchAccount(fresh, "boss", { note: 1 }))
  expect(document.pool).toEqual({})
  expect(withHistory(world.pool, document)).toBe(document)
})

test("an emptied history in the file is filled again", async () => {
  await using world = await withFileHistory([])
  const document = await commit(world.pool, (fresh) => patchAccount(fresh, "boss", { note: 1 }))
  expect(document.pool.openaiCodex).toEqual({ history: [], kept: 1 })
})

test.each([
  ["no list", { 0: "x" }],
  ["entries of other shapes", [null, 7, "x", { kind: "selection" }, { observedAt: "2026-01-01" }]],
])("a history that is %s brings nothing in and nobody down", async (_name, history) => {
  await using world = await openPoolWorld([])
  const document = withHistory(world.pool, {
    ...EMPTY_DOCUMENT,
    pool: { openaiCodex: { history } },
  })
  expect(document.pool).toEqual({ openaiCodex: { history: [] } })
  expect(world.pool.ledger.warnings).toEqual([])
})
