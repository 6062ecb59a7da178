import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { CANARY } from "../../src/simulator/tokens.ts"
import { startLogin } from "../e2e/support/login-run.ts"
import { connectProxy } from "../support/connect-proxy.ts"
import { makeThrowawayCa } from "../support/throwaway-ca.ts"
import { openWorld, type World } from "../support/world.ts"

/** A name that no name server knows: only the proxy can lead there. */
const ISSUER = "issuer.invalid"
const tls = await makeThrowawayCa([ISSUER])

/** The issuer stands behind a proxy, under a name of its own. */
async function behindProxy() {
  const world = await openWorld([{ name: "boss" }], { tls })
  const port = Number(new URL(world.sim.url).port)
  const proxy = connectProxy(port)
  const ca = join(world.home, "ca.pem")
  await writeFile(ca, tls.ca)
  const issuer = `https://${ISSUER}:${port}`
  const env = {
    AIM_OPENAI_AUTH_URL: issuer,
    AIM_CHATGPT_URL: `${issuer}/backend-api`,
    NODE_EXTRA_CA_CERTS: ca,
    HTTPS_PROXY: proxy.url,
  }
  return { world, proxy, env, issuer }
}

/** Says yes as a browser that needs no proxy would; gives where it is sent. */
async function allowedAt(world: World, page: string, issuer: string): Promise<string> {
  const url = page.replace(issuer, world.sim.url).replace("/oauth/authorize?", "/oauth/allow?")
  const reply = await fetch(url, { redirect: "manual", tls: { ca: tls.ca } })
  return reply.headers.get("location") ?? ""
}

describe("through a proxy", () => {
  test("a login by the page: the exchange is tunnelled, the browser's way back is not", async () => {
    const { world, proxy, env, issuer } = await behindProxy()
    await using _world = world
    await using _proxy = proxy
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --provider openai-codex --json", {
      input: false,
      env: { ...env, NO_PROXY: "elsewhere.invalid" },
    })
    const page = await run.says(/(https:\S+\/oauth\/authorize\?\S+)/)
    expect(proxy.asked()).toEqual([])
    expect((await fetch(await allowedAt(world, page, issuer))).status).toBe(200)
    expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
    expect(proxy.asked()).toEqual([new URL(issuer).host])
    expect(proxy.seen()).not.toContain(CANARY)
    expect(await world.json("login boss", 0, { env })).toMatchObject({ how: "refreshed" })
  })

  test.each<[string, Record<string, string>]>([
    ["is left out for the issuer (NO_PROXY)", { NO_PROXY: `x.invalid, ${ISSUER}` }],
    ["is down", { HTTPS_PROXY: "http://127.0.0.1:9" }],
  ])("that %s, nothing is asked of it, and the old login stays", async (_how, change) => {
    const { world, proxy, env } = await behindProxy()
    await using _world = world
    await using _proxy = proxy
    const { login } = await world.label("boss")
    const { error } = await world.json<{ error: { code: string; message: string } }>(
      "login boss --device-code",
      1,
      { env: { ...env, ...change } },
    )
    expect(error.code).toBe("issuer_unreachable")
    expect(error.message).toContain("it stays as it is")
    expect(proxy.asked()).toEqual([])
    const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    expect(stored).toBe(login.refreshToken)
    expect(world.sim.liveRefreshTokens("boss")).toEqual([String(stored)])
  })
})
