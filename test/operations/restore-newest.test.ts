import { describe, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { listInflight } from "../../src/vault/inflight.ts"
import { goodReply, leavePost } from "../pool/interrupted.ts"
import { backedUp, newest, PLAIN, receipts, restore } from "./restore/backed-up.ts"

describe("the newest login", () => {
  test("in a client's home is taken, and reaches the label's other homes", async () => {
    await using world = await backedUp()
    await Bun.write(join(world.codexHome, "auth.json"), Bun.file(join(world.dir, "auth.json")))
    const rotated = await world.rotate(world.codexHome)
    const result = await restore(world)
    expect(result.labels).toMatchObject([
      { label: "boss", source: "store", store: world.codexHome },
    ])
    expect(result.stores).toMatchObject([{ store: world.dir, outcome: "reached" }])
    expect([await world.stored("boss"), (await world.held(world.dir)).refresh_token]).toEqual([
      rotated,
      rotated,
    ])
  })

  test("is not taken with `--with-tokens`, and no home is touched", async () => {
    await using world = await backedUp()
    const rotated = await world.rotate(world.dir)
    const result = await restore(world, { withTokens: true, yes: true })
    expect(result).toMatchObject({ labels: [{ label: "boss" }], stores: [] })
    expect(await world.stored("boss")).toBe(world.old)
    expect((await world.held(world.dir)).refresh_token).toBe(rotated)
    expect(receipts(world)[0]?.receipt.withTokens).toBe(true)
  })

  test("may lie in a reply on disk: it is finished before, in a good file", async () => {
    await using world = await backedUp()
    const { reply, refresh } = goodReply(world, "boss")
    await leavePost(world, "boss", reply)
    const { labels } = await restore(world)
    expect(labels).toMatchObject([{ label: "boss", source: "present" }])
    expect(await world.stored("boss")).toBe(refresh)
  })

  test("may lie in a reply on disk: it is finished after, where the file is damaged", async () => {
    await using world = await backedUp()
    const { reply, refresh } = goodReply(world, "boss")
    await leavePost(world, "boss", reply)
    const name = await newest(world)
    writeFileSync(world.pool.vault.paths.file, "{ broken")
    const { kept, touches } = await restore(world, PLAIN, name)
    expect(touches).toContain("the present file can't be read; it is kept under another name")
    expect(readFileSync(String(kept), "utf8")).toBe("{ broken")
    expect(await world.stored("boss")).toBe(refresh)
    expect(await listInflight(world.pool.vault)).toEqual([])
  })
})
