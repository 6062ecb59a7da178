import { describe, expect, test } from "bun:test"
import { targetBlock } from "../../../src/domain/document.ts"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { Secret } from "../../../src/system/secret.ts"
import { goodReply, leavePost } from "../../pool/interrupted.ts"
import { held, perform, pool, spent } from "./performing.ts"

describe("a switch", () => {
  test("begins with what an earlier aim left: a reply on disk, an open intent", async () => {
    await using world = await pool()
    const { reply, refresh } = goodReply(world, "qa")
    await leavePost(world, "qa", reply)
    const pair = pairHash(new Secret(await held(world)))
    const switchIntent = { label: "boss", pair, home: world.codexHome }
    await world.edit((it) => patchTarget(it, "codexCli", { switchIntent }))
    const receipt = await perform(world)
    const [finished] = world.pool.ledger.receipts({ limit: 9 })
    expect(finished?.receipt.reasons).toEqual(["finished_after_interruption"])
    expect(receipt.refreshed).toMatchObject([{ label: "qa", outcome: "refreshed" }])
    expect(await world.stored("qa")).toBe(refresh)
    expect(targetBlock(await world.document(), "codexCli")).not.toHaveProperty("switchIntent")
  })

  test("goes by the readings of the last minute", async () => {
    await using world = await pool()
    await perform(world)
    await perform(world)
    expect(world.sim.log().filter(({ kind }) => kind === "usage")).toHaveLength(2)
  })

  test("captures what the client rotated before it leaves its label", async () => {
    await using world = await pool()
    const rotated = await world.rotate(world.codexHome)
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({
      label: "qa",
      previousLabel: "boss",
      captured: [{ label: "boss", store: world.codexHome, reason: "newer_pair" }],
    })
    expect([await world.stored("boss"), await held(world)]).toEqual([
      rotated,
      String(await world.stored("qa")),
    ])
  })

  test("refreshes the chosen label if it is due, and no other", async () => {
    await using world = await pool({ qa: 600, boss: 600 })
    const receipt = await perform(world, { next: true })
    expect(receipt.refreshed).toEqual([{ label: "qa", outcome: "refreshed" }])
    expect(world.posts()).toHaveLength(1)
    expect(await held(world)).toBe(String(await world.stored("qa")))
  })

  test("brings a current label that was refreshed back into its home at once, blocked or not", async () => {
    await using world = await pool({ boss: -1 })
    spent(world, "boss", "qa")
    const receipt = await perform(world, { next: true })
    expect(receipt).toMatchObject({
      status: "blocked",
      refreshed: [{ label: "boss", outcome: "refreshed" }],
    })
    expect(await held(world)).toBe(String(await world.stored("boss")))
  })

  test("says what it was asked to adopt and could not", async () => {
    await using world = await pool()
    expect(await perform(world, { adopt: "guest" })).toMatchObject({
      status: "activated_with_warnings",
      warnings: [{ kind: "nothing_to_adopt" }],
    })
    await world.login("guest", { dir: world.codexHome })
    const adopted = await perform(world, { adopt: "guest" })
    expect(adopted.warnings).toEqual([])
    expect(adopted.captured).toMatchObject([{ label: "guest", reason: "adopted" }])
  })
})

test("a kept label is written where the home holds a pair of it in conflict", async () => {
  await using world = await pool()
  await world.login("boss", { dir: world.codexHome, expiresInSeconds: -9 * 86_400 })
  expect(await perform(world)).toMatchObject({ label: "boss", wroteAuthJson: true })
  expect(await held(world)).toBe(String(await world.stored("boss")))
  expect((await world.document()).quarantine).toMatchObject([{ reason: "conflict" }])
})
