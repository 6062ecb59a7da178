import { describe, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { renewAsCodex } from "../../../src/operations/demo/client.ts"
import { cleanEnvironment, logIn, writeEntrance } from "../../../src/operations/demo/sandbox.ts"
import { openPoolWorld } from "../../support/pool-world.ts"
import { modeOf, thrownBy } from "../../vault/temp-vault.ts"

describe("the demo's sandbox", () => {
  test("gives its commands nothing of the user's environment that leads out of it", async () => {
    await using world = await openPoolWorld([])
    const own = { PATH: "/bin", TZ: "UTC", CODEX_HOME: "/real", HTTPS_PROXY: "x", HOME: "/real" }
    expect(cleanEnvironment("/sandbox", world.sim, own)).toEqual({
      PATH: "/bin",
      TZ: "UTC",
      HOME: "/sandbox",
      AIM_OPENAI_AUTH_URL: world.sim.authUrl,
      AIM_CHATGPT_URL: world.sim.chatgptUrl,
    })
    expect(cleanEnvironment("/sandbox", world.sim, {})).not.toHaveProperty("TZ")
    expect(cleanEnvironment("/sandbox", world.sim, {}).PATH).toContain("/usr/bin")
  })

  test("has a way in for another shell, whatever its path is called", async () => {
    await using world = await openPoolWorld([])
    const home = join(world.home, "it's a sandbox")
    await Bun.write(join(home, "x"), "")
    const file = await writeEntrance(home, world.sim)
    const script = `CODEX_HOME=/real; . "$1"; printf '%s\\n' "$AIM_HOME" "$AIM_CHATGPT_URL" "$CODEX_HOME"`
    const shell = Bun.spawnSync(["sh", "-c", script, "sh", file])
    expect(shell.stdout.toString().split("\n")).toEqual([home, world.sim.chatgptUrl, "", ""])
    expect(shell.exitCode).toBe(0)
  })

  test("has a private login in a home of its own for each account", async () => {
    await using world = await openPoolWorld(["boss", "qa"])
    const cast = ["boss", "qa"].map((name) => ({
      account: { name },
      home: `codex-${name}`,
      about: "",
    }))
    await logIn(world.home, world.sim, cast)
    const tokens = cast.map(({ home }) => {
      const file = join(world.home, home, "auth.json")
      expect(modeOf(file)).toBe(0o600)
      return JSON.parse(readFileSync(file, "utf8")).tokens.refresh_token
    })
    expect(tokens).toEqual(cast.flatMap(({ account }) => world.sim.liveRefreshTokens(account.name)))
  })
})

describe("the demo's Codex renews its login by itself", () => {
  test("and the home holds the new pair, the rest of the file as it was", async () => {
    await using world = await openPoolWorld()
    const dir = await world.login("boss")
    const before = JSON.parse(readFileSync(join(dir, "auth.json"), "utf8"))
    await renewAsCodex(world.sim, dir)
    const after = JSON.parse(readFileSync(join(dir, "auth.json"), "utf8"))
    expect(after.tokens.refresh_token).toBe(world.sim.liveRefreshTokens("boss")[0])
    expect(after.tokens.login_owner_id).toBe(before.tokens.login_owner_id)
    expect(Date.parse(after.last_refresh)).toBeGreaterThanOrEqual(Date.parse(before.last_refresh))
    expect(world.sim.log()).toMatchObject([{ refreshReason: "proactive_expiry" }])
  })

  test("or says why the demo can't go on", async () => {
    await using world = await openPoolWorld()
    const dir = await world.login("boss")
    world.sim.revoke("boss")
    const problem = { code: "demo_failed", message: expect.stringContaining("refused it") }
    expect(await thrownBy(renewAsCodex(world.sim, dir))).toMatchObject({ problem })
    writeFileSync(join(dir, "auth.json"), "{}")
    expect(await thrownBy(renewAsCodex(world.sim, dir))).toMatchObject({
      problem: { message: expect.stringContaining("holds no login") },
    })
  })
})
