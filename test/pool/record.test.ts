import { expect, test } from "bun:test"
import { recordAct } from "../../src/pool/record.ts"
import { openPoolWorld } from "../support/pool-world.ts"

test("every act leaves a receipt with its time, its fields and its client", async () => {
  await using world = await openPoolWorld([])
  const before = Date.now()
  recordAct(world.pool, { action: "codex_capture", status: "applied", label: "boss" }, "codex")
  recordAct(world.pool, { action: "account_add", status: "blocked", label: "qa", why: { n: 1 } })
  const [second, first] = world.pool.ledger.receipts({ limit: 9 })
  expect(first).toMatchObject({ action: "codex_capture", status: "applied", target: "codex" })
  expect(first?.label).toBe("boss")
  expect(second).toMatchObject({ target: null, receipt: { label: "qa", why: { n: 1 } } })
  const at = Date.parse(String(second?.receipt.observedAt))
  expect(at).toBeWithin(before, Date.now() + 1)
  expect(second?.at).toBe(at)
})

test("an act that found nothing to do leaves none, so that a timer fills no ledger", async () => {
  await using world = await openPoolWorld([])
  recordAct(world.pool, { action: "refresh", status: "noop", label: "boss" })
  expect(world.pool.ledger.receipts({ limit: 9 })).toEqual([])
})
