import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { codexCredential, targetBlock } from "../../src/domain/document.ts"
import { captureLogin } from "../../src/operations/capture-login.ts"
import { listInflight } from "../../src/vault/inflight.ts"
import { goodReply, leavePost, replyOf } from "../pool/interrupted.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf } from "../vault/temp-vault.ts"

const capture = ({ pool, target }: PoolWorld, label: string, dir: string | null) =>
  captureLogin(pool, target, label, dir)
const lastReceipt = ({ pool }: PoolWorld) => pool.ledger.receipts({ limit: 1 })[0]

describe("capturing a login", () => {
  test("makes it a label's, remembers its home, and changes nothing there", async () => {
    await using world = await openPoolWorld()
    const dir = await world.login("boss")
    const before = pictureOf(dir)
    const [account] = world.sim.accounts()
    const result = await capture(world, "Boss", dir)
    expect(result).toMatchObject({
      label: "boss",
      adoption: "adopted",
      home: dir,
      accountId: account?.accountId ?? "",
      quarantined: null,
      warnings: [],
      stores: [],
    })
    expect(result.identity).toStartWith("boss@example.test (")
    expect(await world.stored("boss")).toBe((await world.held(dir)).refresh_token)
    const homes = targetBlock(await world.document(), "codexCli").sourceHomes
    expect(homes).toEqual({ [dir]: { label: "boss", capturedAt: expect.any(String) } })
    expect(pictureOf(dir)).toEqual(before)
    expect(lastReceipt(world)).toMatchObject({
      action: "codex_capture",
      status: "applied",
      target: "codex",
      label: "boss",
    })
  })

  test("of the client's own home is what it does when none is named", async () => {
    await using world = await openPoolWorld()
    await world.login("boss", { dir: world.codexHome })
    expect(await capture(world, "boss", null)).toMatchObject({ home: world.codexHome })
    expect(targetBlock(await world.document(), "codexCli").sourceHomes).toMatchObject({
      [world.codexHome]: { label: "boss" },
    })
  })

  test("brings the label's other homes up to date, not the one that it came from", async () => {
    await using world = await openPoolWorld()
    const old = await world.label("boss")
    const dir = await world.login("boss", { dir: join(world.home, "new") })
    const before = pictureOf(dir)
    expect(await capture(world, "boss", dir)).toMatchObject({
      adoption: "newer",
      stores: [{ store: old, outcome: "reached" }],
    })
    expect((await world.held(old)).refresh_token).toBe((await world.held(dir)).refresh_token)
    expect(pictureOf(dir)).toEqual(before)
  })

  test.each([
    ["same", async () => {}],
    [
      "older",
      async (world: PoolWorld) =>
        world.take("boss", await world.login("boss", { dir: join(world.home, "new") })),
    ],
  ] as const)("that is the stored pair's (%s) leaves no receipt", async (adoption, change) => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    await change(world)
    expect(await capture(world, "boss", dir)).toMatchObject({ adoption, stores: [] })
    expect(lastReceipt(world)).toBeUndefined()
  })

  test("that conflicts with the stored one is blocked and kept in quarantine, once", async () => {
    await using world = await openPoolWorld()
    await world.label("boss")
    const dir = await world.login("boss", {
      dir: join(world.home, "new"),
      expiresInSeconds: -9 * 86_400,
    })
    const first = await capture(world, "boss", dir)
    const [entry] = (await world.document()).quarantine ?? []
    expect(first).toMatchObject({ adoption: "conflict", quarantined: entry?.id ?? "" })
    expect(lastReceipt(world)).toMatchObject({ status: "blocked" })
    expect((await capture(world, "boss", dir)).quarantined).toBe(String(entry?.id))
    expect((await world.document()).quarantine).toHaveLength(1)
  })

  test("finishes interrupted refreshes first, whose pairs are not lost by it", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    await world.label("boss")
    const { reply, refresh } = goodReply(world, "boss")
    await leavePost(world, "boss", reply)
    await capture(world, "qa", await world.login("qa"))
    expect(await world.stored("boss")).toBe(refresh)
    expect(await listInflight(world.pool.vault)).toEqual([])
  })
})

describe("a capture warns", () => {
  test("of labels that share a workspace", async () => {
    await using world = await openPoolWorld([
      { name: "boss", accountId: "ws-1" },
      { name: "qa", accountId: "ws-1" },
    ])
    await world.label("boss")
    const { warnings } = await capture(world, "qa", await world.login("qa"))
    expect(warnings).toMatchObject([
      {
        kind: "account_id_collision",
        labels: ["qa", "boss"],
        detail: expect.stringContaining("qa, boss are seats of one workspace (ws-1)"),
      },
    ])
  })

  test("of a login that the issuer has refused already: that is no way out of `reauth`", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    await leavePost(world, "boss", replyOf({ error: "invalid_grant" }, 400))
    const { adoption, warnings } = await capture(world, "boss", dir)
    expect(adoption).toBe("same")
    expect(codexCredential(await world.document(), "boss")?.verdict?.reason).toBe("invalid_grant")
    expect(warnings).toMatchObject([
      { kind: "invalid_grant", label: "boss", hint: "aim login boss" },
    ])
  })
})
