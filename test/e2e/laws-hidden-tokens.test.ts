import { describe, expect, test } from "bun:test"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld } from "../support/world.ts"

type RefreshDocument = { labels: { outcome: string; reason?: string }[] }
const HIDDEN = "[redacted]"

describe("what somebody has hidden is no token", () => {
  test("in an issuer's reply, which a recording proxy may spoil", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    const { login } = await world.label("boss")
    await world.label("qa")
    const values = { access_token: HIDDEN, refresh_token: HIDDEN }
    world.sim.addFault({ path: "/oauth/token", account: "boss", kind: "set", values, times: 1 })
    const { labels } = await world.json<RefreshDocument>("refresh boss --force", 1)
    expect(labels).toMatchObject([{ outcome: "quarantined", reason: "reply_unreadable" }])
    const vault = await world.vault()
    expect(vault.credentials["openai-codex"]?.boss?.refresh).toBe(login.refreshToken)
    await world.json("refresh qa --force")
    await world.json("codex use")
  })

  test("in a client's file: it is a dead login, not a newer one", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    const auth = await world.auth(dir)
    const tokens = { ...auth.tokens, refresh_token: HIDDEN }
    await writeFile(join(dir, "auth.json"), JSON.stringify({ ...auth, tokens }))
    const { labels } = await world.json<RefreshDocument>("refresh boss --force")
    expect(labels).toMatchObject([{ outcome: "refreshed" }])
    expect(world.sim.liveRefreshTokens("boss")).toEqual([
      (await world.vault()).credentials["openai-codex"]?.boss?.refresh ?? "",
    ])
  })
})

test("a reply on disk that can't be finished stops no other label", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.label("qa")
  const inflight = join(world.home, ".aimgr", "inflight")
  await mkdir(inflight, { recursive: true, mode: 0o700 })
  const posted = { pair: "ab", mayBeSpent: false, identity: "somebody", postedAt: 1 }
  const note = { version: 1, provider: "openai-codex", label: "boss", ...posted }
  const reply = { status: 200, rawReply: HIDDEN, retryAfter: null, at: 2 }
  const file = join(inflight, "openai-codex-boss.json")
  await writeFile(file, JSON.stringify({ ...note, reply }), { mode: 0o600 })
  await world.json("refresh qa --force")
  await world.json("account add other")
  expect(await readdir(inflight)).toEqual(["openai-codex-boss.json"])
  // No time that a clock knows: the note is damaged, set aside, and in nobody's way.
  await writeFile(file, JSON.stringify({ ...note, reply: { ...reply, at: 1e300 } }))
  await world.json("refresh boss --force")
  expect(await readdir(inflight)).toEqual([
    expect.stringMatching(/^openai-codex-boss\.json\.broken-/),
  ])
})
