import { describe, expect, test } from "bun:test"
import { inflightNotes } from "../e2e/support/end-state.ts"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

const TOKEN = "/oauth/token"

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]
}

const kinds = (world: World) =>
  world.sim.log().flatMap(({ path, kind }) => (path === TOKEN ? [kind] : []))

describe("aim login", () => {
  test("makes a new label from the page, the redirect and one exchange", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
    const page = new URL(await pageOf(run))
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
      redirect_uri: "http://127.0.0.1:1455/auth/callback",
      code_challenge_method: "S256",
      originator: "aim",
      id_token_add_organizations: "true",
      codex_cli_simplified_flow: "true",
      scope: "openid profile email offline_access api.connectors.read api.connectors.invoke",
    })
    const shown = await fetch(await allowed(String(page)))
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining("Logged in")])
    const { code, json } = await run.ended()
    expect(code).toBe(0)
    expect(json).toMatchObject({
      ok: true,
      label: "boss",
      provider: "openai-codex",
      how: "logged_in",
      maintenance: { status: "ready" },
      stores: [],
    })
    const pair = await stored(world, "boss")
    expect(world.sim.liveRefreshTokens("boss")).toEqual([String(pair?.refresh)])
    expect(pair?.idToken.split(".")).toHaveLength(3)
    expect(pair?.accountId).toBe(world.sim.accounts()[0]?.accountId ?? "")
    expect((await world.vault()).accounts.boss).toMatchObject({
      reauth: { lastAttemptAt: expect.any(String), lastVerifiedAt: expect.any(String) },
    })
    expect(await inflightNotes(world)).toEqual([])
    const use = await world.json("codex use")
    expect(use.activated.receipt.label).toBe("boss")
  })

  test("of a label whose login lives ends after one POST, without a page", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    await using run = startLogin(world, "boss --json", { input: false })
    const { code, json } = await run.ended()
    expect([code, json.how]).toEqual([0, "refreshed"])
    expect(kinds(world)).toEqual(["token_refresh"])
    const fresh = await stored(world, "boss")
    expect((await world.auth(dir)).tokens.refresh_token).toBe(String(fresh?.refresh))
  })

  test("of a dead label mends it, and every home that holds it", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    world.sim.revoke("boss")
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --json", { input: false })
    await fetch(await allowed(await pageOf(run)))
    const { json } = await run.ended()
    expect(json).toMatchObject({ how: "logged_in", stores: [{ store: dir, outcome: "reached" }] })
    expect(kinds(world)).toEqual(["token_refresh", "token_code"])
    expect((await world.auth(dir)).tokens.refresh_token).toBe(
      String((await stored(world, "boss"))?.refresh),
    )
  })

  test("that can't reach the issuer keeps what is stored, and asks nobody to log in", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { login } = await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "status", status: 503 })
    await using run = startLogin(world, "boss --json", { input: false })
    const { code, json, stderr } = await run.ended()
    expect([code, json]).toEqual([
      1,
      expect.objectContaining({ error: expect.objectContaining({ code: "issuer_unreachable" }) }),
    ])
    expect(stderr).not.toContain("/oauth/authorize")
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
  })

  test("needs --provider for a new label where nobody can be asked", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using run = startLogin(world, "fresh --json", { input: false })
    const { code, json } = await run.ended()
    expect([code, json]).toEqual([
      2,
      expect.objectContaining({ error: expect.objectContaining({ code: "provider_needed" }) }),
    ])
  })
})

describe("what is pasted", () => {
  const forms: [string, (url: URL) => string][] = [
    ["the whole address", String],
    ["its query", ({ search }) => search],
    ["code#state", ({ searchParams: q }) => `${q.get("code")}#${q.get("state")}`],
    ["the bare code", ({ searchParams: q }) => String(q.get("code"))],
  ]
  for (const lane of ["--manual", "--browser"])
    test.each(forms)(`is taken with ${lane} as %s`, async (_name, form) => {
      await using world = await openWorld([{ name: "boss" }])
      world.sim.signIn("boss")
      await using run = startLogin(world, `boss --provider openai-codex --json ${lane}`)
      const back = new URL(await allowed(await pageOf(run)))
      run.type("what?")
      await run.says(/no address of a finished login/)
      run.type(form(back))
      expect((await run.ended()).json).toMatchObject({ ok: true, how: "logged_in" })
    })

  test("of another login is not taken", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --provider openai-codex --json --manual")
    const back = new URL(await allowed(await pageOf(run)))
    back.searchParams.set("state", "another")
    run.type(String(back))
    await run.says(/of another login/)
    expect(kinds(world)).toEqual([])
  })
})

test("a device code is typed elsewhere", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await using run = startLogin(world, "boss --provider openai-codex --json --device-code")
  const userCode = await run.says(/(SIM-\w+)/)
  expect(await run.says(/(http\S+\/codex\/device)/)).toStartWith(world.sim.authUrl)
  await world.sim.arrived(({ outcome }) => outcome === "authorization_pending")
  expect(world.sim.allowDevice(userCode, "boss")).toBe(true)
  expect((await run.ended()).json).toMatchObject({ ok: true, how: "logged_in" })
  expect(kinds(world)).toEqual(["token_code"])
})
