import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { withStoreLock } from "../../src/pool/heal.ts"
import { targetsOf } from "../../src/pool/pool.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { fail } from "../../src/system/errors.ts"
import { CLIENT_LOCK_TIMEOUT } from "../../src/targets/target.ts"
import { readClaudeHome, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const key = { provider: "anthropic" as const, label: "lessons" }
const POST = "/v1/oauth/token"

/** A label whose pair is live in Claude Code's home too. */
async function live() {
  const world = await openPoolWorld([], { claudeAccounts: [{ name: "lessons" }] })
  const minted = await world.claudeLabel("lessons", { expiresInSeconds: -60 })
  await writeClaudeHome(world.home, world.sim.claude.files(minted))
  return { world, minted }
}
const posts = (world: PoolWorld) => world.sim.log().filter(({ path }) => path === POST).length
const lock = (world: PoolWorld) => join(world.home, ".claude", ".oauth_refresh.lock")
const inHome = async (world: PoolWorld) =>
  (await readClaudeHome(world.home)).claudeAiOauth.refreshToken ?? ""

const reached = (world: PoolWorld) => {
  const store = { store: join(world.home, ".claude"), label: "lessons", outcome: "reached" }
  return { kind: "refreshed" as const, stores: [store] }
}

describe("while aim posts a pair that Claude Code has too", () => {
  test("it holds Claude Code's refresh lock, and lets go when the new pair is there", async () => {
    const { world, minted } = await live()
    await using _ = world
    world.sim.addFault({ path: POST, kind: "hold" })
    const refreshing = refreshLabel(world.pool, key)
    while (posts(world) === 0) await Bun.sleep(5)
    expect(existsSync(lock(world))).toBe(true)
    expect(await inHome(world)).toBe(minted.refreshToken)
    world.sim.clearFaults()
    world.sim.release()
    expect(await refreshing).toEqual(reached(world))
    expect(existsSync(lock(world))).toBe(false)
    expect(await inHome(world)).toBe(String(await world.stored("lessons")))
    expect(await inHome(world)).not.toBe(minted.refreshToken)
  })

  test("it does so from within a switch of that very store", async () => {
    const { world } = await live()
    await using _ = world
    const [target] = targetsOf(world.pool, "anthropic")
    if (target === undefined) throw new Error("no target")
    const store = await target.primaryStore()
    const outcome = await withStoreLock(world.pool, store, () =>
      refreshLabel(world.pool, key, false, store),
    )
    expect(outcome).toEqual(reached(world))
    expect(await inHome(world)).toBe(String(await world.stored("lessons")))
  })

  test("a Claude Code that keeps its lock leaves the label busy, and nothing is posted", async () => {
    const { world } = await live()
    await using _ = world
    const targets = world.pool.targets.map((target) => ({
      ...target,
      withPostLock: () => fail(CLIENT_LOCK_TIMEOUT, "it is held"),
    }))
    expect(await refreshLabel({ ...world.pool, targets }, key)).toEqual({
      kind: "busy",
      detail: "it is held",
    })
    expect(posts(world)).toBe(0)
  })

  test("it looks again under that lock: a pair beside another's account is not posted over", async () => {
    const { world } = await live()
    await using _ = world
    const { files, mintLogin, addAccount } = world.sim.claude
    addAccount({ name: "guest" })
    const renewed = {
      claudeAiOauth: files(mintLogin("lessons")).claudeAiOauth,
      oauthAccount: files(mintLogin("guest")).oauthAccount,
    }
    const targets = world.pool.targets.map((target) => ({
      ...target,
      withPostLock: async <T>(_store: unknown, work: () => Promise<T>) => {
        await writeClaudeHome(world.home, renewed)
        return work()
      },
    }))
    const stored = await world.stored("lessons")
    expect(await refreshLabel({ ...world.pool, targets }, key)).toMatchObject({
      kind: "busy",
      detail: expect.stringContaining("two accounts"),
    })
    expect(posts(world)).toBe(0)
    expect(await world.stored("lessons")).toBe(stored)
  })
})
