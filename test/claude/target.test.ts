import { expect, test } from "bun:test"
import { join } from "node:path"
import { credentialRecord, type Document } from "../../src/domain/document.ts"
import type { JsonObject } from "../../src/domain/login.ts"
import { now } from "../../src/system/clock.ts"
import { sha256 } from "../../src/system/hash.ts"
import { claudeTarget } from "../../src/targets/claude/claude-target.ts"
import { openVault } from "../../src/vault/open.ts"
import { writeClaudeHome } from "../support/claude-fixtures.ts"
import { type ClaudeWorld, openClaudeWorld } from "../support/claude-world.ts"

/** The target's locks and writes beside the real Claude Code, without a vault between them. */

function targetOf({ home }: ClaudeWorld) {
  const stateFile = join(home, ".aimgr", "secrets.json")
  return claudeTarget({ userHome: home, sandboxed: true, stateFile, env: {}, cwd: home })
}

/** The record of a label whose login nobody else has. */
async function recordOf(world: ClaudeWorld, label: string): Promise<JsonObject> {
  await world.claudeLabel(label)
  const vault = await openVault(join(world.home, ".aimgr", "secrets.json"))
  const document: Document = (await vault.read()).document
  const record = credentialRecord(document, "anthropic", label)
  if (record === null) throw new Error(`no record of ${label}`)
  return record
}

test("what it writes is a login for Claude, and what stood beside it stays", async () => {
  await using world = await openClaudeWorld()
  const { sim, home } = world
  const files = sim.claude.files(sim.claude.mintLogin("a"))
  const mcpOAuth = { "some-server": { accessToken: "of another" } }
  const theme = "dark-daltonized"
  await writeClaudeHome(home, files, { credentials: { mcpOAuth }, appState: { theme } })
  const record = await recordOf(world, "b")
  const target = targetOf(world)
  const store = await target.primaryStore()
  const before = await target.read(store)
  if (before.kind !== "login") throw new Error(before.kind)
  const applied = await target.withClientLocks(store, () =>
    target.apply(store, record, before.stamp, now()),
  )
  expect(applied.kind).toBe("applied")
  expect(await target.verify(store, record)).toBeNull()
  const held = await world.claudeHeld()
  expect(held.credentials.mcpOAuth).toEqual(mcpOAuth)
  expect(held.appState).toMatchObject({ theme, hasAvailableSubscription: true })
  const { email, organizationUuid } = sim.claude.account("b")
  expect(await world.status()).toMatchObject({ rc: 0, email, orgId: organizationUuid })
  expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for b\n" })
  expect(world.seen("token_refresh")).toEqual([])
})

test("while it holds the post lock, Claude waits and then posts nothing for what it finds", async () => {
  await using world = await openClaudeWorld()
  await world.claudeHome("a", { expiresInSeconds: -60 })
  const record = await recordOf(world, "b")
  const target = targetOf(world)
  const store = await target.primaryStore()
  const turn = await target.withPostLock?.(store, async () => {
    const started = world.turn()
    await Bun.sleep(2_000)
    const read = await target.read(store)
    const stamp = read.kind === "login" ? read.stamp : null
    await target.withClientLocks(store, () => target.apply(store, record, stamp, now()))
    return { started }
  })
  expect(await turn?.started).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for b\n" })
  expect(world.seen("token_refresh")).toEqual([])
})

test("it waits for a post of Claude's that takes three seconds, and reads what came of it", async () => {
  await using world = await openClaudeWorld()
  const { sim } = world
  const login = await world.claudeHome("a", { expiresInSeconds: -60 })
  sim.addFault({ kind: "delay", path: "/v1/oauth/token", headersMs: 3_000 })
  const target = targetOf(world)
  const store = await target.primaryStore()
  const turn = world.turn()
  await sim.arrived(({ kind }) => kind === "token_refresh")
  const read = await target.withPostLock?.(store, () => target.read(store))
  if (read?.kind !== "login") throw new Error(String(read?.kind))
  const refresh = read.login.refresh.reveal()
  expect(sha256(refresh)).not.toBe(login.refreshTokenHash)
  expect(sim.liveRefreshTokens("a")).toEqual([refresh])
  expect(await turn).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
})

test("an emptied store is a dead login, and no more", async () => {
  await using world = await openClaudeWorld()
  await world.claudeHome("a", { expiresInSeconds: -60 })
  world.sim.revoke("a")
  expect(await world.turn()).toMatchObject({ rc: 1 })
  const target = targetOf(world)
  expect((await target.read(await target.primaryStore())).kind).toBe("blank")
})
