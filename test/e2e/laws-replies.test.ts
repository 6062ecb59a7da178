import { describe, expect, test } from "bun:test"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"
import { says } from "./support/says.ts"

type RefreshDocument = { labels: { label: string; outcome: string; id?: string }[] }
const TOKEN = "/oauth/token"
const nextSecond = () => Bun.sleep(1_100)

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]
}

/** What a Codex does that got these tokens: they stand in its file, with the time. */
async function codexWrites(dir: string, tokens: Record<string, string>, at = Date.now()) {
  const path = join(dir, "auth.json")
  const held = JSON.parse(await readFile(path, "utf8"))
  const file = {
    ...held,
    tokens: { ...held.tokens, ...tokens },
    last_refresh: new Date(at).toISOString(),
  }
  await writeFile(path, JSON.stringify(file, null, 2), { mode: 0o600 })
}

describe("opaque access tokens", () => {
  test("that a client got later are newer, whatever end the issuer promised for ours", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "set", values: { access_token: "at-opaque-one" } })
    await world.json("refresh boss --force")
    const ours = await stored(world, "boss")
    expect((await world.auth(dir)).tokens.refresh_token).toBe(ours?.refresh ?? "")
    const rotated = world.sim.mintLogin("boss")
    await codexWrites(
      dir,
      {
        access_token: "at-opaque-two",
        refresh_token: rotated.refreshToken,
        id_token: rotated.idToken,
      },
      Date.now() + 60_000,
    )
    await world.json("refresh --all")
    expect(await stored(world, "boss")).toMatchObject({
      access: "at-opaque-two",
      refresh: rotated.refreshToken,
    })
  })

  test("renewed under one refresh token are not taken back from an older store", async () => {
    await using world = await openWorld([{ name: "boss", accessLifetimeSeconds: 3600 }])
    const { dir } = await world.label("boss")
    await codexWrites(dir, { access_token: "at-opaque-old" }, Date.now() - 60_000)
    const path = join(world.home, ".aimgr", "secrets.json")
    const vault = JSON.parse(await readFile(path, "utf8"))
    Object.assign(vault.credentials["openai-codex"].boss, {
      access: "at-opaque-new",
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      lastRefresh: new Date().toISOString(),
    })
    await writeFile(path, JSON.stringify(vault))
    await world.json("refresh --all")
    expect((await stored(world, "boss"))?.access).toBe("at-opaque-new")
    expect((await world.auth(dir)).tokens.access_token).toBe("at-opaque-new")
  })
})

test("another workspace's access token beside the same refresh token is a stranger", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "other" }])
  const { dir, login } = await world.label("boss")
  await nextSecond()
  const other = world.sim.mintLogin("other")
  await codexWrites(dir, {
    access_token: other.accessToken,
    id_token: other.idToken,
    account_id: other.accountId,
  })
  await world.aim("refresh --all")
  expect(await stored(world, "boss")).toMatchObject({
    access: login.accessToken,
    accountId: login.accountId,
  })
})

test("a reply under a wrong Content-Encoding is a reply all the same", async () => {
  const posts: string[] = []
  await using world = await openWorld([{ name: "boss" }])
  const { login } = await world.label("boss")
  await using server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      posts.push(request.headers.get("accept-encoding") ?? "")
      const reply = await fetch(`${world.sim.authUrl}/oauth/token`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: await request.text(),
      })
      return new Response(await reply.text(), { headers: { "content-encoding": "utf-8" } })
    },
  })
  const env = { AIM_OPENAI_AUTH_URL: `http://127.0.0.1:${server.port}` }
  const { labels } = await world.json<RefreshDocument>("refresh boss --force", 0, { env })
  expect(labels[0]?.outcome).toBe("refreshed")
  expect((await stored(world, "boss"))?.refresh).not.toBe(login.refreshToken)
  expect(posts).toEqual(["identity"])
})

test("one unreadable reply is kept once, however often it comes, and is named by its id", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  world.sim.addFault({ path: TOKEN, kind: "html" })
  const ids = new Set<unknown>()
  for (let n = 0; n < 3; n++) {
    const { labels } = await world.json<RefreshDocument>("refresh boss --force", 1)
    ids.add(labels[0]?.id)
  }
  const kept = (await world.vault()).quarantine ?? []
  expect(kept.map(({ id }) => id)).toEqual([...ids] as string[])
})

test("a post to an issuer that this aim does not know stops nothing and stays", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  const inflight = join(world.home, ".aimgr", "inflight")
  const file = join(inflight, "gemini-gemma.json")
  await mkdir(inflight, { recursive: true, mode: 0o700 })
  const reply = { status: 200, rawReply: "{}", retryAfter: null, at: 2 }
  const posted = { pair: "ab", mayBeSpent: false, postedAt: 1, identity: "somebody" }
  const note = { version: 1, provider: "gemini", label: "gemma", ...posted, reply }
  await writeFile(file, JSON.stringify(note), { mode: 0o600 })
  await world.json("codex use")
  await world.json("refresh boss --force")
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(note)
})

test("after a signal no further token is posted, and what is under way is finished", async () => {
  const names = Array.from({ length: 12 }, (_, at) => `l${at}`)
  await using world = await openWorld(names.map((name) => ({ name })))
  for (const name of names) await world.label(name, { expiresInSeconds: 600 })
  // One is under way much longer: as long as something is, nothing ends the process.
  world.sim.addFault({ path: TOKEN, account: "l0", kind: "delay", headersMs: 8_000 })
  for (const account of names.slice(1)) world.sim.addFault({ path: TOKEN, account, kind: "hold" })
  const child = Bun.spawn([binaryPath("release"), "refresh", "--all"], {
    env: { ...cleanEnv(world.home), ...world.env },
    stdout: "ignore",
    stderr: "pipe",
    timeout: 180_000,
  })
  const posts = () => world.sim.log().filter(({ kind }) => kind === "token_refresh")
  await world.sim.arrived(() => posts().length === 8)
  child.kill("SIGINT")
  await says(child.stderr, "waiting")
  world.sim.clearFaults()
  world.sim.release()
  await child.exited
  expect(child.signalCode).toBe("SIGINT")
  expect(posts()).toHaveLength(8)
  expect(posts().every(({ ended }) => ended === "answered")).toBeTrue()
  const vault = await readFile(join(world.home, ".aimgr", "secrets.json"), "utf8")
  for (const name of names)
    for (const token of world.sim.liveRefreshTokens(name)) expect(vault).toContain(token)
})

test("a time that no calendar has, in a token that the issuer gives, stops no command", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  const claims = Buffer.from(JSON.stringify({ exp: 1e300 })).toString("base64url")
  const access_token = `e30.${claims}.c2ln`
  world.sim.addFault({ path: TOKEN, kind: "set", values: { access_token } })
  await world.json("refresh boss --force")
  expect((await stored(world, "boss"))?.access).toBe(access_token)
  for (const command of ["status", "codex use", "codex show", "why"])
    expect([command, (await world.aim(command)).code]).toEqual([command, 0])
})
