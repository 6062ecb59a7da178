import { expect, test } from "bun:test"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { commit } from "../../src/pool/commit.ts"
import { seedLedger } from "../../src/pool/seed.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const DAY = 86_400_000
const receipt = (action: string, daysAgo: number, label = "boss") => ({
  action,
  status: "applied",
  observedAt: new Date(Date.now() - daysAgo * DAY).toISOString(),
  label,
})

const known = ({ pool }: PoolWorld) =>
  pool.ledger
    .receipts({ limit: 99 })
    .map(({ action, target, label }) => [action, target, label])
    .sort()

test("every client's last receipts and each provider's history are taken in, once", async () => {
  await using world = await openPoolWorld([])
  const entry = { observedAt: new Date().toISOString(), kind: "selection" }
  const document = await world.edit((before) => ({
    ...before,
    targets: {
      codexCli: {
        lastSelectionReceipt: receipt("codex_use", 1),
        lastWatchReceipt: receipt("codex_watch", 2),
      },
      claudeCli: { lastSelectionReceipt: receipt("claude_use", 3) },
      piCli: { lastSelectionReceipt: receipt("pi_use", 4) },
      openclaw: { lastApplyReceipt: receipt("rebalance_openclaw", 5) },
    },
    pool: {
      openaiCodex: {
        history: [entry],
        hermesFleet: { lastApplyReceipt: receipt("rebalance_hermes", 6) },
      },
      anthropic: { history: [entry] },
    },
  }))
  for (let round = 0; round < 2; round++) seedLedger(world.pool, document)
  expect(known(world)).toEqual([
    ["claude_use", "claude", "boss"],
    ["codex_use", "codex", "boss"],
    ["codex_watch", "codex", "boss"],
    ["pi_use", "pi", "boss"],
    ["rebalance_hermes", "hermes", "boss"],
    ["rebalance_openclaw", "openclaw", "boss"],
  ])
  for (const provider of ["openai-codex", "anthropic"] as const)
    expect(world.pool.ledger.history(provider, Date.now())).toEqual([entry])
})

test.each([
  ["is older than any that is kept", receipt("codex_use", 366)],
  ["has no name", { ...receipt("x", 1), action: undefined }],
  ["is none", "text"],
])("a receipt that %s is left out", async (_, lastSelectionReceipt) => {
  await using world = await openPoolWorld([])
  const document = await world.edit((before) =>
    patchTarget(before, "codexCli", { lastSelectionReceipt }),
  )
  seedLedger(world.pool, document)
  expect(known(world)).toEqual([])
  expect(world.pool.ledger.warnings).toEqual([])
})

test("a commit takes in what the file had before, not the receipt that it is about to write", async () => {
  await using world = await openPoolWorld([])
  const write = (lastSelectionReceipt: object) =>
    commit(world.pool, (fresh) => patchTarget(fresh, "codexCli", { lastSelectionReceipt }))
  await write(receipt("codex_use", 2, "old"))
  expect(known(world)).toEqual([])
  await write(receipt("codex_use", 1, "new"))
  expect(known(world)).toEqual([["codex_use", "codex", "old"]])
})
