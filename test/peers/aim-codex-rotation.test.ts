import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { sha256 } from "../../src/system/hash.ts"
import { type CodexWorld, openCodexWorld } from "../support/codex-world.ts"
import { execTurn } from "../support/real-codex.ts"

/**
 * The real Codex CLI 0.169.0 rotates the login by itself; refresh tokens are good for one use, and
 * a second use kills the whole family. What aim then captures, and whether it still serves.
 */

const killing = { simulator: { reuseRevokesFamily: true } }

/** One served turn with exactly the token that lies in the home. */
async function served(world: CodexWorld, label: string): Promise<void> {
  const { rc, answer, failure } = await execTurn(world.codex)
  expect([rc, answer, failure]).toEqual([0, `simulated answer for ${label}`, null])
  const { access_token } = (await world.auth()).tokens
  expect(world.seen("turn").at(-1)).toMatchObject({ bearerHash: sha256(access_token), status: 200 })
}

const WAYS = [
  ["about to expire", "proactive_expiry"],
  ["refused with 401", "unauthorized_recovery"],
] as const

describe("Codex refreshes by itself", () => {
  for (const [name, reason] of WAYS) {
    test(`an access token ${name}: --next captures the rotated pair, and it serves again later`, async () => {
      await using world = await openCodexWorld(killing)
      await world.label("qa")
      const proactive = reason === "proactive_expiry"
      const first = proactive
        ? await world.loginHere("boss", { expiresInSeconds: 200 })
        : (await world.label("boss")).login
      if (proactive) await world.json("codex capture boss")
      else await world.moveTo("boss")
      const before = await world.held()
      if (!proactive) world.sim.expire("boss", "access")

      await served(world, "boss")
      const rotated = await world.held()
      expect(world.seen("token_refresh")).toMatchObject([
        { refreshReason: reason, refreshTokenHash: first.refreshTokenHash, outcome: "refreshed" },
      ])
      expect(rotated.refresh_token).not.toBe(before.refresh_token)

      const away = await world.use("--next")
      expect(away).toMatchObject({
        status: "activated",
        previousLabel: "boss",
        label: "qa",
        captured: [{ label: "boss", store: world.codex.dir, reason: "newer_pair" }],
      })
      expect(await world.stored("boss")).toMatchObject({
        access: rotated.access_token,
        refresh: rotated.refresh_token,
        idToken: rotated.id_token,
      })
      if (!proactive) {
        const source = await world.auth(join(world.home, "logins", "boss"))
        expect(source.tokens).toEqual(rotated)
        expect(away.stores).toMatchObject([{ label: "boss", outcome: "reached" }])
      }
      await served(world, "qa")

      expect(await world.use("--next")).toMatchObject({ status: "activated", label: "boss" })
      expect(await world.held()).toEqual(rotated)
      await served(world, "boss")
      world.sim.expire("boss", "access")
      await served(world, "boss")
      // On a busy machine Codex may renew twice for two requests that were refused at once.
      const outcomes = world.seen("token_refresh").map(({ outcome }) => outcome)
      expect(outcomes.length).toBeGreaterThanOrEqual(2)
      expect(new Set(outcomes)).toEqual(new Set(["refreshed"]))
      expect(world.doublePosts()).toBe(0)
    })
  }

  test("three times between two visits of aim: the last pair is captured, the spent ones known", async () => {
    await using world = await openCodexWorld(killing)
    await world.label("boss")
    await world.label("qa")
    await world.moveTo("boss")
    for (let i = 0; i < 3; i++) {
      world.sim.expire("boss", "access")
      await served(world, "boss")
    }
    const rotated = await world.held()
    await world.use("--next")
    expect((await world.stored("boss")).refresh).toBe(rotated.refresh_token)
    await world.use("--next")
    await served(world, "boss")
    const refreshed = await world.aim("refresh boss --force")
    expect(refreshed.code).toBe(0)
    await served(world, "boss")
    expect(world.doublePosts()).toBe(0)
    const posts = world.seen("token_refresh")
    expect(posts.filter(({ userAgent }) => userAgent?.startsWith("aim/"))).toHaveLength(1)
    expect(posts.length).toBeGreaterThanOrEqual(4)
    expect(new Set(posts.map(({ outcome }) => outcome))).toEqual(new Set(["refreshed"]))
  })

  test("with a reply that holds an access token alone: captured too, under the same refresh token", async () => {
    await using world = await openCodexWorld(killing)
    await world.label("qa")
    await world.loginHere("boss", { expiresInSeconds: 30 })
    await world.json("codex capture boss")
    const path = "/oauth/token"
    world.sim.addFault({ path, kind: "drop", keys: ["refresh_token", "id_token"], times: 1 })
    const before = await world.held()
    await served(world, "boss")
    const after = await world.held()
    expect(after).toEqual({ ...before, access_token: after.access_token })
    expect(after.access_token).not.toBe(before.access_token)
    expect((await world.use("--next")).captured).toMatchObject([{ label: "boss" }])
    expect(await world.stored("boss")).toMatchObject({
      access: after.access_token,
      refresh: before.refresh_token,
      idToken: before.id_token,
    })
  })
})
