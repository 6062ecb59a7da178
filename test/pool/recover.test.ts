import { expect, test } from "bun:test"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { recoverReplies } from "../../src/pool/recover.ts"
import { listInflight } from "../../src/vault/inflight.ts"
import { openPoolWorld } from "../support/pool-world.ts"
import { goodReply, leavePost, replyOf } from "./interrupted.ts"

test("every interrupted refresh whose reply is on disk is finished, without a request", async () => {
  await using world = await openPoolWorld(["boss", "qa", "lessons"])
  for (const name of ["boss", "qa", "lessons"]) await world.label(name)
  const { reply, refresh } = goodReply(world, "boss")
  const boss = await leavePost(world, "boss", reply)
  const qa = await leavePost(world, "qa", replyOf({ error: "invalid_grant" }, 400))
  const lessons = await leavePost(world, "lessons", null)
  const done = await recoverReplies(world.pool)
  expect(done.toSorted((a, b) => (a.key.label < b.key.label ? -1 : 1))).toEqual([
    { key: boss, outcome: { kind: "refreshed" } },
    { key: qa, outcome: { kind: "dead", reason: "invalid_grant", known: false } },
  ])
  expect(await world.stored("boss")).toBe(refresh)
  // What has no reply is for the next refresh of the label.
  expect(await listInflight(world.pool.vault)).toEqual([lessons])
  expect(await recoverReplies(world.pool)).toEqual([])
  expect(world.sim.log()).toEqual([])
})

test("a label whose lease another aim holds is left to that one", async () => {
  await using world = await openPoolWorld()
  await world.label("boss")
  const { reply, refresh } = goodReply(world, "boss")
  await leavePost(world, "boss", reply)
  const holder = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "lease-holder.ts"),
      world.pool.vault.paths.file,
      "boss",
    ],
    { stdin: "pipe", stdout: "pipe", stderr: "inherit" },
  )
  await holder.stdout.getReader().read()
  expect(await recoverReplies(world.pool)).toEqual([])
  holder.stdin.end()
  expect(await holder.exited).toBe(0)
  expect(await recoverReplies(world.pool)).toHaveLength(1)
  expect(await world.stored("boss")).toBe(refresh)
})

test("a post to an issuer that this aim does not know is left to one that does", async () => {
  await using world = await openPoolWorld()
  await world.label("boss")
  await leavePost(world, "boss", goodReply(world, "boss").reply)
  const folder = world.pool.vault.paths.inflight
  const note = join(folder, readdirSync(folder)[0] ?? "")
  const foreign = readFileSync(note, "utf8").replaceAll("openai-codex", "elsewhere")
  const left = note.replace("openai-codex", "elsewhere")
  rmSync(note)
  writeFileSync(left, foreign)
  expect(await recoverReplies(world.pool)).toEqual([])
  expect(readFileSync(left, "utf8")).toBe(foreign)
})
