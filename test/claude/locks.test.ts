import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import { writeClaudeHome } from "../support/claude-fixtures.ts"
import { type ClaudeWorld, openClaudeWorld } from "../support/claude-world.ts"

/** How the real Claude Code treats its lock folders: what aim's own use of them rests on. */

const REFRESH = [".claude", ".oauth_refresh.lock"]
const LEGACY = [".claude.lock"]
const STORAGE = [".claude", ".storage-write.lock"]

const lockIn = ({ home }: ClaudeWorld, parts: readonly string[]) => join(home, ...parts)
const isThere = (path: string) => stat(path).then(Boolean, () => false)

async function holding(path: string, forMs: number, then = async () => {}): Promise<void> {
  await mkdir(path)
  await Bun.sleep(forMs)
  await then()
  await rm(path, { recursive: true })
}

test("while it posts it holds the refresh lock and the legacy lock, and lets both go", async () => {
  await using world = await openClaudeWorld()
  await world.claudeHome("a", { expiresInSeconds: -60 })
  world.sim.addFault({ kind: "hold", path: "/v1/oauth/token" })
  const turn = world.turn()
  await world.sim.arrived(({ kind }) => kind === "token_refresh")
  expect(await isThere(lockIn(world, REFRESH))).toBe(true)
  expect(await isThere(lockIn(world, LEGACY))).toBe(true)
  expect(await isThere(lockIn(world, STORAGE))).toBe(false)
  const owner = JSON.parse(await readFile(`${lockIn(world, REFRESH)}.owner`, "utf8"))
  expect(owner).toMatchObject({ pid: expect.any(Number), lockBirthtimeMs: expect.any(Number) })
  const touchedAt = async () => (await stat(lockIn(world, REFRESH))).mtimeMs
  const touched = await touchedAt()
  while ((await touchedAt()) <= touched) await Bun.sleep(100)
  world.sim.release()
  expect(await turn).toMatchObject({ rc: 0 })
  const left = [...(await readdir(world.home)), ...(await readdir(join(world.home, ".claude")))]
  expect(left.filter((name) => name.endsWith(".lock") || name.endsWith(".owner"))).toEqual([])
})

describe("a lock that another holds", () => {
  const cases: [string, readonly string[]][] = [
    ["the refresh lock", REFRESH],
    ["the legacy lock", LEGACY],
  ]
  for (const [name, parts] of cases) {
    test(`${name}: it waits, reads again, and posts nothing for the login that came`, async () => {
      await using world = await openClaudeWorld()
      const { sim, home } = world
      await world.claudeHome("a", { expiresInSeconds: -60 })
      const swap = () => writeClaudeHome(home, sim.claude.files(sim.claude.mintLogin("b")))
      const held = holding(lockIn(world, parts), 2_500, swap)
      expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for b\n" })
      await held
      expect(world.seen("token_refresh")).toEqual([])
    })
  }

  test("the storage lock: it waits to save what it got", async () => {
    await using world = await openClaudeWorld()
    await world.claudeHome("a", { expiresInSeconds: -60 })
    const held = holding(lockIn(world, STORAGE), 2_000)
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
    await held
    const { refreshToken } = (await world.claudeHeld()).claudeAiOauth
    expect(world.sim.liveRefreshTokens("a")).toEqual([String(refreshToken)])
  })

  test("a stale one is taken over at once", async () => {
    await using world = await openClaudeWorld()
    await world.claudeHome("a", { expiresInSeconds: -60 })
    const path = lockIn(world, REFRESH)
    await mkdir(path)
    const old = new Date(Date.now() - 61_000)
    await utimes(path, old, old)
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
    // One that is kept fresh ends without a post: see below.
    expect(world.seen("token_refresh")).toHaveLength(1)
  })

  test("one kept fresh for long: it gives up, and sends the bearer that it has", async () => {
    await using world = await openClaudeWorld()
    // Claude renews in the last five minutes, and its patience ends long before these are over.
    await world.claudeHome("a", { expiresInSeconds: 240 })
    const path = lockIn(world, REFRESH)
    await mkdir(path)
    const keep = setInterval(() => {
      const now = new Date()
      void utimes(path, now, now)
    }, 1_000)
    const began = Date.now()
    expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
    clearInterval(keep)
    expect(Date.now() - began).toBeGreaterThan(5_000)
    expect(world.seen("token_refresh")).toEqual([])
  })
})

test("what is written without the lock during its post stays, and the rotated pair is lost", async () => {
  await using world = await openClaudeWorld()
  const { sim, home } = world
  await world.claudeHome("a", { expiresInSeconds: -60 })
  sim.addFault({ kind: "hold", path: "/v1/oauth/token" })
  const turn = world.turn()
  await sim.arrived(({ kind }) => kind === "token_refresh")
  const login = sim.claude.mintLogin("b")
  await writeClaudeHome(home, sim.claude.files(login))
  sim.release()
  expect(await turn).toMatchObject({ rc: 0 })
  expect((await world.claudeHeld()).claudeAiOauth.refreshToken).toBe(login.refreshToken)
  expect(sim.liveRefreshTokens("a")).toHaveLength(1)
})
