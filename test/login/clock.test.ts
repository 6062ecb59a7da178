import { describe, expect, test } from "bun:test"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { HOUR } from "../../src/system/time.ts"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

type Shown = { account: { readiness: { status: string; code: string } } }

const posts = (world: World) =>
  world.sim.log().flatMap(({ path, kind }) => (path === "/oauth/token" ? [kind] : []))

describe.each([1, -1])("where this clock and the issuer's are %p h apart", (hours) => {
  const clock = () => Date.now() + hours * HOUR

  test("a login is whole, serves, and is renewed once by each that is asked for", async () => {
    await using world = await openWorld([{ name: "boss" }], { clock })
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
    await fetch(await allowed(await pageOf(run)))
    expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
    await world.json("codex use")
    expect(await world.json("login boss")).toMatchObject({ how: "refreshed" })
    expect((await world.json<Shown>("account show boss")).account.readiness.code).toBe("ready")
    expect(posts(world)).toEqual(["token_code", "token_refresh"])
    const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    expect((await world.auth()).tokens.refresh_token).toBe(String(stored))
  })

  test("a login that mends a dead one takes its place, whatever its times say", async () => {
    let moment = clock
    await using world = await openWorld([{ name: "boss" }], { clock: () => moment() })
    await world.label("boss")
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
    moment = Date.now
    world.sim.typeDevices("boss")
    expect(await world.json("login boss --device-code")).toMatchObject({ how: "logged_in" })
    const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    expect(world.sim.liveRefreshTokens("boss")).toEqual([String(stored)])
    expect(await world.json("login boss")).toMatchObject({ how: "refreshed" })
  })

  test("a login whose hour is over or yet to come is no dead one, and no pair is posted twice", async () => {
    await using world = await openWorld([{ name: "boss" }], { clock })
    await world.label("boss", { expiresInSeconds: 1_800 })
    const { readiness } = (await world.json<Shown>("account show boss")).account
    expect(readiness).toMatchObject({ status: "ready" })
    for (const line of ["codex use", "refresh boss", "codex use", "login boss"])
      await world.json(line)
    expect(Math.max(...postsPerRefreshToken(world.sim.log()).values())).toBe(1)
    expect((await world.json<Shown>("account show boss")).account.readiness.status).toBe("ready")
  })
})
