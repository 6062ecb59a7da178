import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { claudePaths, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

const TWO = { claudeAccounts: [{ name: "lessons" }, { name: "work" }] }
const refreshPosts = (world: World) =>
  world.sim.log().filter(({ path }) => path === "/v1/oauth/token").length

/** Two stored labels, and the first one's login live in Claude Code's home. */
async function two() {
  const world = await openWorld([], TWO)
  await world.claudeHome("lessons")
  await world.json("claude capture-native lessons")
  await world.claudeLabel("work")
  return world
}

describe("`aim claude use`", () => {
  test("switches to the named label, both files, and touches nothing the second time", async () => {
    await using world = await two()
    const before = await world.claudeHeld()
    const first = await world.json<{ activated: { receipt: object } }>("claude use work")
    expect(first.activated.receipt).toMatchObject({
      action: "claude_use",
      status: "activated",
      explicit: true,
      reasons: ["explicit_label"],
      previousLabel: "lessons",
      label: "work",
      wroteCredentialsJson: true,
      wroteAppStateJson: true,
      preSwitchSync: { synced: false, reason: "tokens_unchanged", label: "lessons" },
    })
    const after = await world.claudeHeld()
    expect(after.oauthAccount.emailAddress).not.toBe(before.oauthAccount.emailAddress)
    expect(after.claudeAiOauth.refreshToken).not.toBe(before.claudeAiOauth.refreshToken)
    expect(after.appState).toMatchObject({ numStartups: 1, hasAvailableSubscription: true })
    const picture = await pictureOf(`${world.home}/.claude`)
    const again = await world.json<{ activated: { status: string } }>("claude use work")
    expect(again.activated.status).toBe("noop")
    expect(await pictureOf(`${world.home}/.claude`)).toEqual(picture)
  })

  test("takes in what Claude Code has renewed before it writes", async () => {
    await using world = await two()
    const { login } = await world.claudeLogin("lessons", { dir: world.home })
    const switched = await world.json<{ activated: { receipt: object } }>("claude use work")
    expect(switched.activated.receipt).toMatchObject({
      preSwitchSync: {
        synced: true,
        label: "lessons",
        rotatedFields: expect.arrayContaining(["accessToken", "refreshToken"]),
      },
      captured: [{ label: "lessons", reason: "newer_pair" }],
    })
    await world.json("claude use lessons")
    expect((await world.claudeHeld()).claudeAiOauth.refreshToken).toBe(login.refreshToken)
  })

  test("without a name chooses by the one policy, and keeps siblings in the file", async () => {
    await using world = await two()
    const { credentials } = claudePaths(world.home)
    const { claudeAiOauth } = await world.claudeHeld()
    const sibling = { mcpOAuth: { one: { accessToken: "AIMCANARY-mcp" } }, claudeAiOauth }
    await writeFile(credentials, JSON.stringify(sibling, null, 4))
    world.sim.claude.setUsage("lessons", { five_hour: { utilization: 100, resets_at: null } })
    const switched = await world.json<{ activated: { receipt: { decision: object } } }>(
      "claude use",
    )
    expect(switched.activated.receipt).toMatchObject({ label: "work", previousLabel: "lessons" })
    expect(switched.activated.receipt).not.toHaveProperty("explicit")
    expect((await world.claudeHeld()).credentials.mcpOAuth).toEqual(sibling.mcpOAuth)
  })

  test("leaves a store alone that nobody knows, and one whose files name two people", async () => {
    await using world = await openWorld([], {
      claudeAccounts: [...TWO.claudeAccounts, { name: "guest" }],
    })
    await world.claudeLabel("work")
    await world.claudeLabel("lessons")
    await world.claudeHome("guest")
    const foreign = await world.claudeHeld()
    const refused = await world.aim("claude use work --json")
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain("claude_target_unmanaged_login")
    expect(await world.claudeHeld()).toEqual(foreign)

    const newer = world.sim.claude.files(world.sim.claude.mintLogin("lessons"))
    const other = world.sim.claude.files(world.sim.claude.mintLogin("guest"))
    await writeClaudeHome(world.home, { ...newer, oauthAccount: other.oauthAccount })
    const shown = await world.aim("claude show")
    expect(shown.stdout).toContain("two accounts")
    const capture = await world.aim("claude capture-native lessons --json")
    expect(capture).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("identity_contradiction"),
    })
    const held = await world.claudeHeld()
    for (const command of ["claude use lessons", "claude use lessons --dry-run"])
      expect(await world.aim(`${command} --json`)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining("identity_contradiction"),
      })
    expect((await world.aim("refresh lessons --force --json")).stdout).toContain("two accounts")
    expect(refreshPosts(world)).toBe(0)
    expect(await world.claudeHeld()).toEqual(held)
    const switched = await world.json<{ activated: { receipt: object } }>("claude use work")
    expect(switched.activated.receipt).toMatchObject({
      preSwitchSync: { synced: false, reason: "identity_contradiction", label: "lessons" },
    })
    const kept = (await world.vault()).quarantine ?? []
    expect(kept).toMatchObject([{ provider: "anthropic", label: "lessons", reason: "conflict" }])
  })

  test("a login that Claude Code has emptied is dead: nothing is taken from it", async () => {
    await using world = await two()
    const held = await world.claudeHeld()
    const files = world.sim.claude.files(world.sim.claude.mintLogin("lessons"))
    const husk = { ...files.claudeAiOauth, accessToken: "", refreshToken: "", expiresAt: 0 }
    await writeClaudeHome(world.home, { ...files, claudeAiOauth: husk })
    const stored = (await world.vault()).credentials.anthropic?.lessons?.refresh
    const switched = await world.json<{ activated: { receipt: object } }>("claude use work")
    expect(switched.activated.receipt).toMatchObject({
      preSwitchSync: { synced: false, reason: "no_live_bundle" },
    })
    expect((await world.vault()).credentials.anthropic?.lessons?.refresh).toEqual(stored as never)
    expect(held.claudeAiOauth.refreshToken).not.toBe("")
  })

  test.each([
    ["nobody", "activation_failed"],
    ["empty", "missing_credentials"],
    ["dead", "expired_credentials"],
  ])("to %s is blocked, and the live files stay", async (label, code) => {
    await using world = await openWorld([], {
      claudeAccounts: [...TWO.claudeAccounts, { name: "dead" }],
    })
    await world.claudeHome("lessons")
    await world.json("claude capture-native lessons")
    await world.json("account add empty --provider anthropic")
    const dead = await world.claudeLabel("dead", { expiresInSeconds: -60 })
    world.sim.claude.setUsage("dead", {})
    await fetch(`${world.sim.authUrl}/v1/oauth/token/revoke`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: dead.refreshToken, token_type_hint: "refresh_token" }),
    })
    const before = await world.claudeHeld()
    const answer = await world.aim(`claude use ${label} --json`)
    expect(answer.code).toBe(1)
    expect(JSON.parse(answer.stdout)).toMatchObject({
      ok: false,
      error: { code },
      activated: { receipt: { explicit: true, blockers: [{ reason: code }] } },
    })
    expect(await world.claudeHeld()).toEqual(before)
  })

  test("posts a label once, though the tokens that come for it are due again at once", async () => {
    const claudeAccounts = [{ name: "lessons", accessLifetimeSeconds: 60 }]
    await using world = await openWorld([], { claudeAccounts })
    await world.claudeHome("lessons")
    await world.json("claude capture-native lessons")
    const { activated } = await world.json<{ activated: { status: string } }>("claude use lessons")
    expect(activated.status).not.toBe("blocked")
    expect(refreshPosts(world)).toBe(1)
    const stored = (await world.vault()).credentials.anthropic?.lessons?.refresh
    expect((await world.claudeHeld()).claudeAiOauth.refreshToken).toBe(String(stored))
  })

  test("a dry run changes nothing", async () => {
    await using world = await two()
    const before = await world.claudeHeld()
    const text = JSON.stringify(await world.vault())
    expect(await world.json<object>("claude use work --dry-run")).toMatchObject({
      dryRun: true,
      activated: { receipt: { previousLabel: "lessons", label: "work" } },
    })
    expect(await world.claudeHeld()).toEqual(before)
    expect(JSON.stringify(await world.vault())).toBe(text)
  })
})

test("a home that was switched and is forgotten is no store any more", async () => {
  await using world = await two()
  const other = join(world.home, "other")
  const env = { CLAUDE_CONFIG_DIR: other }
  await world.json("claude use work", 0, { env })
  await world.json(`claude forget-home ${other}`)
  const { stores } = await world.json<{ stores: { view: { home: string } }[] }>("claude show")
  expect(stores.map(({ view }) => view.home)).toEqual([join(world.home, ".claude")])
})

test("a dry run says so where only what stands beside the pair would be written", async () => {
  await using world = await openWorld([], TWO)
  const minted = await world.claudeLabel("lessons")
  await writeClaudeHome(world.home, { claudeAiOauth: world.sim.claude.files(minted).claudeAiOauth })
  const status = async (command: string) =>
    (await world.json<{ activated: { status: string } }>(command)).activated.status
  expect(await status("claude use lessons --dry-run")).toBe("activated")
  expect(await status("claude use lessons")).toBe("activated")
  expect(await status("claude use lessons --dry-run")).toBe("noop")
})

describe("`aim login` of a Claude label", () => {
  test("renews a whole bundle by one POST, and Claude Code's files with it", async () => {
    await using world = await two()
    const before = await world.claudeHeld()
    const store = { store: `${world.home}/.claude`, label: "lessons", outcome: "reached" }
    expect(await world.json("login lessons")).toMatchObject({
      label: "lessons",
      provider: "anthropic",
      how: "refreshed",
      stores: [store],
    })
    expect(refreshPosts(world)).toBe(1)
    const after = await world.claudeHeld()
    expect(after.claudeAiOauth.refreshToken).not.toBe(before.claudeAiOauth.refreshToken)
    expect(after.oauthAccount).toEqual(before.oauthAccount)
    expect(await world.json("refresh lessons --force")).toMatchObject({ stores: [store] })
  })

  test("takes in what Claude Code has for a new label", async () => {
    await using world = await openWorld([], TWO)
    await world.claudeHome("lessons")
    expect(await world.json("login lessons --provider anthropic")).toMatchObject({
      how: "captured",
    })
    expect(refreshPosts(world)).toBe(0)
    expect((await world.vault()).accounts.lessons).toMatchObject({
      provider: "anthropic",
      reauth: { mode: "native-claude" },
    })
  })

  test("posts nothing while the files it went into can't be read, and says what to do", async () => {
    await using world = await two()
    const { credentials, appState } = claudePaths(world.home)
    // Claude Code renewed it, and its app state broke.
    await world.claudeHome("lessons")
    const live = await readFile(credentials, "utf8")
    const state = await readFile(appState, "utf8")
    await writeFile(appState, "{")
    for (const command of ["login lessons", "refresh lessons --force"]) {
      const { code, stdout } = await world.aim(`${command} --json`)
      expect([command, code]).toEqual([command, 1])
      expect(stdout).toContain(`${appState} is not valid JSON, and may hold a newer login`)
      expect(stdout).toContain(`mv ${appState}`)
    }
    expect(refreshPosts(world)).toBe(0)
    expect(await readFile(credentials, "utf8")).toBe(live)
    await writeFile(appState, state)
    expect(await world.json("login lessons")).toMatchObject({ how: "captured" })
  })

  test("says what to do where Claude Code has none", async () => {
    await using world = await openWorld([], TWO)
    const { code, stdout } = await world.aim("login lessons --provider anthropic --json")
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, "no_login_in_home"])
    expect(stdout).toContain("aim claude capture-native lessons")
  })
})
