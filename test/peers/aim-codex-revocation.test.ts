import { describe, expect, test } from "bun:test"
import type { Simulator } from "../../src/simulator/contract.ts"
import { type CodexHome, makeCodexHome } from "../support/codex-home.ts"
import { openCodexWorld } from "../support/codex-world.ts"
import { execTurn, runCodex } from "../support/real-codex.ts"
import type { AuthFile } from "../support/world.ts"

/**
 * Why the README says: log each account in in its own empty CODEX_HOME, and never log out of a
 * home that holds a label. Codex CLI 0.169.0 tells the provider to revoke the login that lies
 * there, and with it dies the label, wherever else its tokens are.
 */

/** `codex login` by device code at an issuer that offers none: it fails after its first steps. */
function deviceLogin(home: CodexHome, sim: Simulator) {
  sim.addFault({ path: "/api/accounts/deviceauth/usercode", kind: "status", status: 404 })
  return runCodex(home, ["login", "--device-auth", "--experimental_issuer", sim.url])
}

describe("in a home that holds a label", () => {
  for (const [name, leave] of [
    ["codex logout", (home: CodexHome) => runCodex(home, ["logout"])],
    ["codex login, before the new login has even begun", deviceLogin],
  ] as const) {
    test(`${name} kills the label, and aim goes on with another`, async () => {
      await using world = await openCodexWorld()
      await world.label("boss")
      await world.label("qa")
      await world.moveTo("boss")
      await leave(world.codex, world.sim)
      expect(world.seen("revoke")).toMatchObject([{ account: "boss", outcome: "revoked" }])

      const refreshed = await world.aim("refresh boss --force --json")
      expect([refreshed.code, refreshed.stdout]).toEqual([
        1,
        expect.stringContaining("refresh_token_invalidated"),
      ])
      expect((await world.stored("boss")).verdict?.reason).toBe("refresh_token_invalidated")
      expect(await world.use()).toMatchObject({ label: "qa" })
    })
  }
})

test("codex login in an empty home of its own revokes nothing", async () => {
  await using world = await openCodexWorld()
  await world.label("boss")
  await world.moveTo("boss")
  const own = await makeCodexHome({
    way: "http",
    chatgptUrl: world.sim.chatgptUrl,
    authUrl: world.sim.authUrl,
  })
  expect((await deviceLogin(own, world.sim)).rc).toBe(1)
  await own.remove()
  expect(world.sim.log().some(({ path }) => path.includes("deviceauth/usercode"))).toBe(true)
  expect(world.seen("revoke")).toEqual([])
  expect((await world.aim("refresh boss --force")).code).toBe(0)
})

test("codex login --with-api-key over a label revokes nothing; aim writes over neither unasked", async () => {
  await using world = await openCodexWorld()
  await world.label("boss")
  await world.moveTo("boss")
  const key = "sk-canary-of-a-test"
  const { rc } = await runCodex(world.codex, ["login", "--with-api-key"], {}, `${key}\n`)
  expect(rc).toBe(0)
  expect(world.seen("revoke")).toEqual([])
  expect(await world.auth()).toEqual({ auth_mode: "apikey", OPENAI_API_KEY: key } as AuthFile)
  const { blockers } = await world.use("", 1)
  expect(blockers).toMatchObject([{ kind: "codex_target_unmanaged_login" }])
  expect(await world.use("--replace-unmanaged")).toMatchObject({ label: "boss" })
  expect(await world.auth()).toMatchObject({ auth_mode: "chatgpt", OPENAI_API_KEY: key })
  expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
})
