import { expect, test } from "bun:test"
import { keyOf } from "../../src/pool/pool.ts"
import { finishInflight, refreshLabel } from "../../src/pool/refresh.ts"
import { readInflight } from "../../src/vault/inflight.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { goodReply, leavePost, replyOf } from "./interrupted.ts"

const boss = keyOf("openai-codex", "boss")
const DUE = { expiresInSeconds: 22 * 60 }
const NOT_DUE = { expiresInSeconds: 23 * 60 }

const noteOf = (world: PoolWorld) => readInflight(world.pool.vault, boss)

test("what an interrupted refresh left is finished first: its reply makes a second post needless", async () => {
  await using world = await openPoolWorld()
  await world.label("boss", DUE)
  const { reply, refresh } = goodReply(world, "boss")
  await leavePost(world, "boss", reply)
  expect(await refreshLabel(world.pool, boss, true)).toEqual({ kind: "refreshed" })
  expect(await world.stored("boss")).toBe(refresh)
  expect(world.posts()).toHaveLength(0)
})

test("what an interrupted refresh left as an error reply does not stand for a refresh that is due", async () => {
  await using world = await openPoolWorld()
  await world.label("boss", DUE)
  await leavePost(world, "boss", replyOf("busy", 503))
  expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "refreshed" })
  expect(world.posts()).toHaveLength(1)
})

test("what an interrupted refresh left without a reply is posted once more, due or not; refused for good it was interrupted", async () => {
  await using world = await openPoolWorld()
  await world.label("boss", NOT_DUE)
  await leavePost(world, "boss", null)
  world.sim.expire("boss", "refresh")
  const dead = { kind: "dead", reason: "refresh_interrupted", known: false } as const
  expect(await refreshLabel(world.pool, boss)).toEqual(dead)
  expect(await refreshLabel(world.pool, boss, true)).toEqual({ ...dead, known: true })
  expect(world.posts()).toHaveLength(1)
})

test("what an interrupted refresh left without a reply is kept in mind while the issuer gives no clear answer", async () => {
  await using world = await openPoolWorld()
  await world.label("boss", DUE)
  await leavePost(world, "boss", null)
  world.sim.addFault({ path: "/oauth/token", kind: "status", status: 500, times: 1 })
  expect(await refreshLabel(world.pool, boss)).toMatchObject({ kind: "transient" })
  expect(await noteOf(world)).toMatchObject({ mayBeSpent: true, reply: null })
  expect(await refreshLabel(world.pool, boss)).toEqual({ kind: "refreshed" })
  expect(await noteOf(world)).toBeNull()
})

test("what an interrupted refresh left of a doubtful post, answered unclearly, is a post without an answer again", async () => {
  await using world = await openPoolWorld()
  await world.label("boss", NOT_DUE)
  await leavePost(world, "boss", replyOf("busy", 503), true)
  const left = await world.leased("boss", (lease, key) => finishInflight(world.pool, lease, key))
  expect(left).toEqual({ kind: "unanswered" })
  expect(await noteOf(world)).toMatchObject({ mayBeSpent: true, reply: null })
})

test("what an interrupted refresh left for a pair that is not stored any more is forgotten", async () => {
  await using world = await openPoolWorld()
  await world.label("boss")
  await leavePost(world, "boss", null)
  await world.take("boss", await world.login("boss", { dir: `${world.home}/new` }))
  const left = await world.leased("boss", (lease, key) => finishInflight(world.pool, lease, key))
  expect(left).toEqual({ kind: "nothing" })
  expect(await noteOf(world)).toBeNull()
})

test("what an interrupted refresh left for a label without a login is forgotten too", async () => {
  await using world = await openPoolWorld()
  await leavePost(world, "boss", null)
  const finish = () => world.leased("boss", (lease, key) => finishInflight(world.pool, lease, key))
  expect([await finish(), await noteOf(world)]).toEqual([{ kind: "nothing" }, null])
  expect(await finish()).toEqual({ kind: "nothing" })
})
