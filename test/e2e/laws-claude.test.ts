import { describe, expect, test } from "bun:test"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ClaudeFiles } from "../../src/simulator/claude-files.ts"
import { claudePaths, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { claudeRefreshes } from "./support/claude-client.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"
import { says } from "./support/says.ts"
import { withSmallDisk } from "./support/small-disk.ts"
import { leftovers, newestToken, placesOf } from "./support/token-places.ts"

const claudeAccounts = [{ name: "lessons" }, { name: "work" }]
const refreshPosts = (world: World) =>
  world.sim.log().filter(({ kind }) => kind === "token_refresh").length

/** `lessons` is live, `work` stored; both have time left. */
async function two(): Promise<World> {
  const world = await openWorld([], { claudeAccounts })
  await world.claudeHome("lessons", { expiresInSeconds: 3_600 })
  await world.json("claude capture-native lessons")
  await world.claudeLabel("work", { expiresInSeconds: 3_600 })
  return world
}

/** A login as Claude Code made them before it kept uuids beside the tokens. */
function withoutUuids(files: ClaudeFiles): ClaudeFiles {
  const { accountUuid: _a, organizationUuid: _o, ...claudeAiOauth } = files.claudeAiOauth
  return { ...files, claudeAiOauth: claudeAiOauth as ClaudeFiles["claudeAiOauth"] }
}

async function storedRefresh(world: World, label: string): Promise<string | undefined> {
  return (await world.vault()).credentials.anthropic?.[label]?.refresh
}

describe("a pair that Claude Code has renewed", () => {
  const others = [
    ["one with uuids", (files: ClaudeFiles) => files],
    ["one without", withoutUuids],
  ] as const
  test.each(others)("and that only `oauthAccount` names costs %s nothing", async (_, kept) => {
    await using world = await openWorld([], { claudeAccounts })
    const { sim, home } = world
    const old = withoutUuids(sim.claude.files(sim.claude.mintLogin("lessons")))
    await writeClaudeHome(home, old)
    await world.json("claude capture-native lessons")
    const other = kept(sim.claude.files(sim.claude.mintLogin("work", { expiresInSeconds: 3_600 })))
    await writeClaudeHome(join(home, "other"), other)
    await world.json("claude capture-native work --source-home other")
    await world.json(`claude forget-home other/.claude`)
    await rm(join(home, "other"), { recursive: true })
    const { oauthAccount } = other
    await writeClaudeHome(home, { ...old, oauthAccount })
    await claudeRefreshes(world)
    const works = await storedRefresh(world, "work")
    await world.aim("claude use work --json")
    for (const token of [works, newestToken(world, "lessons")])
      expect(await placesOf(world, String(token))).not.toEqual([])
  })

  test("without scopes keeps those that its login was granted", async () => {
    await using world = await two()
    const scopes = (await world.claudeHeld()).claudeAiOauth.scopes
    await claudeRefreshes(world)
    const { claudeAiOauth, oauthAccount } = (await world.claudeHeld()) as unknown as ClaudeFiles
    await writeClaudeHome(world.home, {
      claudeAiOauth: { ...claudeAiOauth, scopes: [] },
      oauthAccount,
    })
    await world.json("claude use work")
    await world.json("claude use lessons")
    const held = (await world.claudeHeld()).claudeAiOauth
    expect(held).toMatchObject({ refreshToken: claudeAiOauth.refreshToken, scopes })
  })

  test("without an expiry is kept aside, and the whole login stays", async () => {
    await using world = await two()
    const before = await storedRefresh(world, "lessons")
    const { sim, home } = world
    const files = sim.claude.files(sim.claude.mintLogin("lessons"))
    const { expiresAt: _, ...rest } = files.claudeAiOauth
    const claudeAiOauth = rest as ClaudeFiles["claudeAiOauth"]
    await writeClaudeHome(home, { ...files, claudeAiOauth })
    await world.json("claude use work")
    expect(await storedRefresh(world, "lessons")).toBe(String(before))
    expect(await placesOf(world, claudeAiOauth.refreshToken)).not.toEqual([])
    await world.json("claude use lessons")
  })
})

test("an app state that can't be read keeps aim from posting the pair that lives beside it", async () => {
  await using world = await two()
  const { appState, credentials } = claudePaths(world.home)
  await writeFile(appState, "{")
  const before = await readFile(credentials, "utf8")
  for (const command of ["refresh lessons --force", "login lessons"]) {
    const answer = await world.aim(`${command} --json`)
    expect([answer.code, answer.stdout]).toEqual([1, expect.stringContaining("is not valid JSON")])
  }
  expect(refreshPosts(world)).toBe(0)
  expect(await readFile(credentials, "utf8")).toBe(before)
  expect(await world.json("refresh work --force")).toMatchObject({ ok: true })
})

describe("a refresh under Claude Code's own lock", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "asked to stop by %s, brings its pair to Claude's store before it lets go",
    async (signal) => {
      await using world = await two()
      world.sim.addFault({ kind: "hold", path: "/v1/oauth/token" })
      const child = Bun.spawn([binaryPath("release"), "refresh", "lessons", "--force"], {
        env: { ...cleanEnv(world.home), ...world.env },
        stdin: "ignore",
        stdout: "ignore",
        stderr: "pipe",
      })
      await world.sim.arrived(({ kind }) => kind === "token_refresh")
      child.kill(signal)
      const allSaid = await says(child.stderr, "waiting")
      world.sim.release()
      await child.exited
      await allSaid()
      expect(child.signalCode).toBe(signal)
      const { refreshToken } = (await world.claudeHeld()).claudeAiOauth
      expect(refreshToken).toBe(newestToken(world, "lessons") ?? "")
      expect(await storedRefresh(world, "lessons")).toBe(String(refreshToken))
      expect(await leftovers(world)).toEqual([])
    },
  )

  test("whose store can't be written afterwards says so, and loses no label for it", async () => {
    await using world = await two()
    const { appState } = claudePaths(world.home)
    const { oauthAccount } = await world.claudeHeld()
    await writeFile(appState, JSON.stringify({ oauthAccount, padding: "x".repeat(300_000) }))
    const { code, stdout } = await withSmallDisk(world, 256, "refresh --all --force")
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      {
        labels: [
          { label: "lessons", outcome: "refreshed" },
          { label: "work", outcome: "refreshed" },
        ],
        stores: expect.arrayContaining([
          expect.objectContaining({ label: "lessons", outcome: "claude_target_write_failed" }),
        ]),
      },
    ])
    expect(await storedRefresh(world, "lessons")).toBe(newestToken(world, "lessons") ?? "")
    expect(await world.json("refresh --all")).toMatchObject({
      stores: [{ label: "lessons", outcome: "reached" }],
    })
  })
})

test("on a full disk a switch writes both files or neither", async () => {
  await using world = await two()
  const { credentials, appState } = claudePaths(world.home)
  const { oauthAccount } = await world.claudeHeld()
  await writeFile(appState, JSON.stringify({ oauthAccount, padding: "x".repeat(60_000) }))
  const before = [await readFile(credentials, "utf8"), await readFile(appState, "utf8")]
  const { code, stdout } = await withSmallDisk(world, 64, "claude use work")
  expect([code, stdout]).toEqual([1, expect.stringContaining("claude_target_write_failed")])
  expect([await readFile(credentials, "utf8"), await readFile(appState, "utf8")]).toEqual(before)
  expect(await leftovers(world)).toEqual([])
  await world.json("claude use work")
  expect((await world.claudeHeld()).oauthAccount.emailAddress).toBe("work@example.test")
})
