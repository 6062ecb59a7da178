import { describe, expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { AuthJson } from "../../src/simulator/auth-json.ts"
import { isoTime } from "../../src/system/time.ts"
import { startAppServer } from "../support/app-server.ts"
import { type CodexWorld, openCodexWorld } from "../support/codex-world.ts"
import { execTurn, runCodex } from "../support/real-codex.ts"

/**
 * Labels that come from the reference program (aimgr 4404b27): it knows no id token and puts the
 * access token in its place, writes no `auth_mode` and none of Codex's newer keys.
 */

function asReferenceWrites({ tokens, last_refresh }: AuthJson): object {
  const { access_token, refresh_token, account_id } = tokens
  return {
    OPENAI_API_KEY: null,
    tokens: { id_token: access_token, access_token, refresh_token, account_id },
    last_refresh: last_refresh.replace(/\.\d+Z$/, ".000Z"),
  }
}

/** The label boss out of a home that the reference program wrote. */
async function fromHome(world: CodexWorld): Promise<void> {
  await world.loginHere("boss", { edit: asReferenceWrites })
  await world.json("codex capture boss")
}

/** The labels boss and qa out of a state file that the reference program wrote. */
async function fromState(world: CodexWorld): Promise<void> {
  const credentials = ["boss", "qa"].map((name) => {
    const { accessToken: access, refreshToken: refresh, ...login } = world.sim.mintLogin(name)
    const { accountId, expiresAt } = login
    return [name, { access, refresh, expiresAt: isoTime(expiresAt), accountId, idToken: access }]
  })
  const account = {
    provider: "openai-codex",
    expect: {},
    browser: null,
    reauth: {},
    pool: { enabled: true },
  }
  const state = {
    schemaVersion: "0.2",
    accounts: { boss: account, qa: account },
    credentials: { "openai-codex": Object.fromEntries(credentials) },
    imports: {},
    pool: {},
    targets: {},
  }
  await mkdir(join(world.home, ".aimgr"))
  await writeFile(join(world.home, ".aimgr", "secrets.json"), `${JSON.stringify(state, null, 2)}\n`)
}

describe("a login of the reference program", () => {
  for (const [name, begin] of [
    ["captured from a home that it wrote", fromHome],
    ["in its own state file", fromState],
  ] as const) {
    test(`${name}: the real Codex takes it; the first refresh brings the real id token, and it stays`, async () => {
      await using world = await openCodexWorld({ simulator: { reuseRevokesFamily: true } })
      await begin(world)
      if (begin === fromHome) await world.label("qa")
      await world.moveTo("qa")
      await world.moveTo("boss")
      const first = await world.auth()
      expect(first).toMatchObject({ auth_mode: "chatgpt", last_refresh: expect.any(String) })
      expect(first.tokens.id_token).toBe(first.tokens.access_token)
      expect((await runCodex(world.codex, ["login", "status"])).rc).toBe(0)
      const server = await startAppServer(world.codex)
      expect((await server.authStatus()).authToken).toBe(first.tokens.access_token)
      await server.stop()
      expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")

      expect((await world.aim("refresh boss --force")).code).toBe(0)
      const stored = await world.stored("boss")
      expect(stored.idToken).not.toBe(stored.access)
      expect((await world.held()).id_token).toBe(stored.idToken)

      world.sim.addFault({ path: "/oauth/token", kind: "drop", keys: ["id_token"], times: 1 })
      expect((await world.aim("refresh boss --force")).code).toBe(0)
      expect((await world.stored("boss")).idToken).toBe(stored.idToken)
      await world.moveTo("qa")
      await world.moveTo("boss")
      expect((await world.held()).id_token).toBe(stored.idToken)
      expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
      expect(world.doublePosts()).toBe(0)
    })
  }

  test("after Codex has refreshed it: the real id token is captured out of the home", async () => {
    await using world = await openCodexWorld({ simulator: { reuseRevokesFamily: true } })
    await fromHome(world)
    await world.label("qa")
    world.sim.expire("boss", "access")
    expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
    const rotated = await world.held()
    expect(rotated.id_token).not.toBe(rotated.access_token)
    await world.use("--next")
    expect(await world.stored("boss")).toMatchObject({
      idToken: rotated.id_token,
      refresh: rotated.refresh_token,
    })
  })
})
