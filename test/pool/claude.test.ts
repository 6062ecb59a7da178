import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { readinessOf } from "../../src/domain/readiness-of.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { readUsage } from "../../src/pool/usage.ts"
import { MINUTE } from "../../src/system/time.ts"
import { claudePaths, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const key = { provider: "anthropic" as const, label: "lessons" }
const LESSONS = { claudeAccounts: [{ name: "lessons" }] }

async function usage(world: PoolWorld, mode: "fresh" | "live" | "cached" = "live") {
  const { document } = await world.pool.vault.read()
  const [view] = await readUsage(world.pool, document, [key], mode)
  return view
}
const asked = (world: PoolWorld, path: string) =>
  world.sim.log().filter((entry) => entry.path === path).length

describe("a Claude label", () => {
  test("is refreshed by one POST, and its bundle goes along", async () => {
    await using world = await openPoolWorld([], LESSONS)
    const minted = await world.claudeLabel("lessons", { expiresInSeconds: -60 })
    const before = await world.document()
    expect(readinessOf(before, key, Date.now()).code).toBe("refresh_due")
    expect(await refreshLabel(world.pool, key)).toEqual({ kind: "refreshed" })
    expect(asked(world, "/v1/oauth/token")).toBe(1)
    const after = await world.document()
    expect(readinessOf(after, key, Date.now()).code).toBe("native_claude")
    expect(after.credentials.anthropic?.lessons?.formerPairs).toHaveLength(1)
    const text = await world.text()
    expect(text).not.toContain(minted.refreshToken)
  })

  test("whose refresh token is spent needs a login, and keeps what it has", async () => {
    await using world = await openPoolWorld([], LESSONS)
    await world.claudeLabel("lessons", { expiresInSeconds: -60 })
    const spent = await world.document()
    await refreshLabel(world.pool, key)
    await world.edit((fresh) => ({ ...fresh, credentials: spent.credentials }))
    expect(await refreshLabel(world.pool, key)).toMatchObject({ kind: "dead" })
    const after = await world.document()
    expect(readinessOf(after, key, Date.now())).toMatchObject({
      status: "reauth",
      code: "expired_credentials",
      mend: "aim login lessons",
    })
    expect(after.credentials.anthropic?.lessons?.refresh).toBeDefined()
  })
})

describe("its quota", () => {
  test("is asked for once in three minutes, whatever is asked of aim", async () => {
    await using world = await openPoolWorld([], LESSONS)
    await world.claudeLabel("lessons")
    expect(await usage(world)).toMatchObject({ outcome: "read" })
    expect(await usage(world, "live")).toMatchObject({ outcome: "cached" })
    expect(await usage(world, "fresh")).toMatchObject({ outcome: "cached" })
    expect(asked(world, "/api/oauth/usage")).toBe(1)
    world.pool.ledger.saveProbe(key, { lastAttemptAt: Date.now() - 3 * MINUTE - 1 })
    expect(await usage(world, "live")).toMatchObject({ outcome: "read" })
    expect(asked(world, "/api/oauth/usage")).toBe(2)
  })

  test("of a login that may not ask is unmetered", async () => {
    await using world = await openPoolWorld([], LESSONS)
    await world.claudeLabel("lessons", { scopes: ["user:inference"] })
    expect(await usage(world, "cached")).toMatchObject({ outcome: "cached", reading: null })
    for (const mode of ["live", "live", "cached"] as const)
      expect(await usage(world, mode)).toMatchObject({
        outcome: "unmetered",
        reading: null,
        detail: expect.stringContaining("user:profile"),
      })
    expect(asked(world, "/api/oauth/usage")).toBe(0)
  })
})

describe("while a store that it went into can't be read", () => {
  test("it is not posted: Claude Code may have renewed it there", async () => {
    await using world = await openPoolWorld([], LESSONS)
    const minted = await world.claudeLabel("lessons", { expiresInSeconds: -60 })
    await writeClaudeHome(world.home, world.sim.claude.files(minted))
    const { appState } = claudePaths(world.home)
    await writeFile(appState, "{")
    const block = (activeLabel: string) =>
      world.edit((document) => patchTarget(document, "claudeCli", { activeLabel }))
    await block("lessons")
    expect(await refreshLabel(world.pool, key, true)).toEqual({
      kind: "busy",
      detail: `${appState} is not valid JSON, and may hold a newer login`,
      hint: expect.stringContaining(`mv ${appState}`),
    })
    expect(asked(world, "/v1/oauth/token")).toBe(0)
    await block("another")
    expect(await refreshLabel(world.pool, key, true)).toEqual({ kind: "refreshed" })
  })
})
