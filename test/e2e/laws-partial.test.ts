import { expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

type RefreshDocument = { labels: { outcome: string; store?: string }[] }

async function stored(world: World) {
  const { credentials, quarantine } = await world.vault()
  const boss = credentials["openai-codex"]?.boss
  if (boss === undefined) throw new Error("the label is there")
  return { boss, quarantine: quarantine ?? [] }
}

test("a reply without an access token, which Codex takes, brings its refresh token", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const { dir, login } = await world.label("boss")
  world.sim.addFault({ path: "/oauth/token", kind: "drop", keys: ["access_token"], times: 1 })
  const { labels } = await world.json<RefreshDocument>("refresh boss --force")
  expect(labels).toMatchObject([{ outcome: "refreshed" }])
  const { boss } = await stored(world)
  expect(world.sim.liveRefreshTokens("boss")).toEqual([boss.refresh])
  expect(boss.access).toBe(login.accessToken)
  expect((await world.auth(dir)).tokens.refresh_token).toBe(boss.refresh)
  await world.json("refresh boss --force")
})

test("a pair without any time, back after 50 others, does not push the live one out", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const { dir, login } = await world.label("boss")
  const live = world.sim.mintLogin("boss")
  const vault = await world.vault()
  Object.assign(vault.credentials["openai-codex"]?.boss ?? {}, {
    access: "at-opaque-live",
    refresh: live.refreshToken,
    formerPairs: Array.from({ length: 50 }, (_, at) => String(at).padStart(64, "0")),
  })
  await writeFile(join(world.home, ".aimgr", "secrets.json"), JSON.stringify(vault))
  const { last_refresh: _undated, ...old } = await world.auth(dir)
  const tokens = { ...old.tokens, access_token: "at-opaque-old" }
  await writeFile(join(dir, "auth.json"), JSON.stringify({ ...old, tokens }))
  const { labels } = await world.json<RefreshDocument>("refresh boss")
  expect(labels).toMatchObject([{ outcome: "captured", store: dir }])
  const { boss, quarantine } = await stored(world)
  expect(boss.refresh).toBe(login.refreshToken)
  expect(quarantine).toMatchObject([
    { reason: "replaced", label: "boss", credential: { refresh: live.refreshToken } },
  ])
})
