import { describe, expect, test } from "bun:test"
import { refreshLabels } from "../../src/operations/refresh-labels.ts"
import { goodReply, leavePost, replyOf } from "../pool/interrupted.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const refresh = (world: PoolWorld, label: string | null, { force = false } = {}) =>
  refreshLabels(world.pool, { label, all: label === null, force })
const kinds = (list: readonly { label: string; outcome: { kind: string } }[]) =>
  Object.fromEntries(list.map(({ label, outcome }) => [label, outcome.kind]))
const receipts = ({ pool }: PoolWorld) =>
  pool.ledger.receipts({ limit: 9 }).map(({ label, status, receipt }) => ({
    label,
    status,
    outcome: receipt.outcome,
    recovered: receipt.recovered,
  }))

async function three(): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "lessons", "qa"])
  await world.label("boss", { expiresInSeconds: 60 })
  await world.label("lessons")
  await world.label("qa", { expiresInSeconds: 60 })
  return world
}

describe("an interrupted refresh whose reply is on disk", () => {
  test("is finished first and counts as the label's, with one receipt that says so", async () => {
    await using world = await three()
    await leavePost(world, "boss", goodReply(world, "boss").reply)
    const { labels, recovered, ok } = await refresh(world, "boss", { force: true })
    expect([recovered, labels, ok]).toEqual([labels, labels, true])
    expect(world.posts()).toHaveLength(0)
    expect(receipts(world)).toEqual([
      { label: "boss", status: "applied", outcome: "refreshed", recovered: true },
    ])
  })

  test("and brought nothing does not stand for the refresh that is asked for", async () => {
    await using world = await three()
    await leavePost(world, "boss", replyOf("busy", 503))
    const { labels, recovered } = await refresh(world, "boss")
    expect([kinds(recovered), kinds(labels)]).toEqual([
      { boss: "transient" },
      { boss: "refreshed" },
    ])
    expect(world.posts()).toHaveLength(1)
    expect(receipts(world).map(({ recovered }) => recovered)).toContainAllValues([true, false])
  })

  test("of another label is finished too", async () => {
    await using world = await three()
    await leavePost(world, "qa", goodReply(world, "qa").reply)
    const { labels, recovered } = await refresh(world, "lessons")
    expect([kinds(recovered), kinds(labels)]).toEqual([{ qa: "refreshed" }, { lessons: "not_due" }])
  })
})
