import { describe, expect, test } from "bun:test"
import { held, perform, pool, spent } from "./performing.ts"

describe("a switch is blocked, and the home stays as it is,", () => {
  test("where nothing else can serve", async () => {
    await using world = await pool()
    spent(world, "boss", "qa")
    const before = await held(world)
    expect(await perform(world, { next: true })).toMatchObject({
      status: "blocked",
      blockers: [{ kind: "nothing_can_serve" }],
    })
    expect(await held(world)).toBe(before)
  })

  test("while a client may be refreshing there", async () => {
    await using world = await pool({ boss: 200 })
    using client = world.client(world.codexHome)
    const before = await held(world)
    expect(await perform(world, { next: true })).toMatchObject({
      status: "blocked",
      blockers: [
        { kind: "deferred_client_refreshing", label: "boss", holders: [{ pid: client.pid }] },
      ],
    })
    expect(await perform(world)).toMatchObject({
      blockers: [{ kind: "deferred_client_refreshing", label: "boss" }],
    })
    expect(await held(world)).toBe(before)
    expect(world.posts()).toHaveLength(0)
  })

  test("while a client may be refreshing a pair there that is in conflict", async () => {
    await using world = await pool()
    await world.login("boss", { dir: world.codexHome, expiresInSeconds: -9 * 86_400 })
    using _client = world.client(world.codexHome)
    expect(await perform(world)).toMatchObject({
      status: "blocked",
      blockers: [{ kind: "deferred_client_refreshing", label: "boss" }],
    })
  })

  test("where it holds a stranger's login", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    expect(await perform(world)).toMatchObject({
      status: "blocked",
      blockers: [{ kind: "codex_target_unmanaged_login" }],
    })
  })

  test("where it changes under every attempt", async () => {
    await using world = await pool()
    let attempts = 0
    const apply = async () => {
      attempts++
      return { kind: "moved" } as const
    }
    const receipt = await perform(world, { next: true, target: { apply } })
    expect(receipt.blockers).toEqual([
      {
        kind: "store_keeps_changing",
        detail: `${world.codexHome}/auth.json changed at every attempt`,
        hint: "close the client, or run the command again",
      },
    ])
    expect(attempts).toBe(8)
  })

  test("where it can't be written", async () => {
    await using world = await pool()
    const verify = async () => ({ code: "codex_readback_mismatch", message: "m" })
    expect(await perform(world, { next: true, target: { verify } })).toMatchObject({
      status: "blocked",
      blockers: [{ kind: "codex_readback_mismatch", label: "qa" }],
    })
  })
})
