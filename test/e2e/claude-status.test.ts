import { describe, expect, test } from "bun:test"
import { rm } from "node:fs/promises"
import type { Status } from "../../src/operations/status/document.ts"
import { claudePaths } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

const TWO = { claudeAccounts: [{ name: "lessons" }, { name: "work" }] }
/** And some minutes, which this file may take until a test asks. */
const IN_TWO_DAYS = new Date(Date.now() + 2 * 86_400_000 + 1_800_000).toISOString()

/** Claude Code serves lessons, work is stored besides. */
async function serving(): Promise<World> {
  const world = await openWorld([], TWO)
  await world.claudeHome("lessons")
  await world.json("claude capture-native lessons")
  await world.claudeLabel("work")
  await world.json("claude use lessons")
  return world
}
const asked = ({ sim }: World) => sim.log().filter(({ path }) => path === "/api/oauth/usage").length
const posts = ({ sim }: World) => sim.log().filter(({ path }) => path === "/v1/oauth/token").length

describe("`aim status` of Claude", () => {
  test("shows a new user how the login that Claude Code has becomes a label", async () => {
    await using world = await openWorld([], TWO)
    expect((await world.aim("status")).stdout).not.toContain("capture-native")
    await world.claudeHome("lessons")
    const { stdout } = await world.aim("status")
    expect(stdout).toContain(`${world.home}/.claude holds a login (lessons@example.test).`)
    expect(stdout).toContain("\n  aim claude capture-native lessons\n\nFor each further account:\n")
  })

  test("says who serves and since when, every window, the plan and what is paid for", async () => {
    await using world = await serving()
    world.sim.claude.setUsage("lessons", {
      five_hour: { utilization: 10, resets_at: new Date(Date.now() + 7_200_000).toISOString() },
      scoped: [
        { model: "Sonnet", percent: 30, resets_at: IN_TWO_DAYS },
        { model: "Fable", percent: 100, resets_at: IN_TWO_DAYS },
      ],
      extra_usage: {
        is_enabled: true,
        monthly_limit: 5000,
        used_credits: 1250,
        utilization: 25,
        currency: "USD",
      },
    })
    await rm(`${world.home}/.aimgr/ledger.db`)
    const { stdout, code } = await world.aim("status")
    expect(code).toBe(0)
    expect(stdout).toMatch(/^claude +lessons, switched (just now|\d+[sm] ago)$/m)
    expect(stdout).toMatch(/^lessons +ready +max 20x +.*10% .*in use, fable spent$/m)
    expect(stdout).toMatch(/^lessons: weekly:fable 100% used, resets in 2d/m)
    expect(stdout).toContain("extra usage 12.50 of 50.00 USD")
    expect(stdout).not.toContain("next best")
    expect(stdout).not.toContain("unsupported")

    const { accounts, claudeCli, warnings } = await world.json<Status>("status")
    const lessons = accounts.find(({ label }) => label === "lessons")
    expect(lessons?.usage.windows.map(({ label, usedPercent }) => [label, usedPercent])).toEqual([
      ["5h", 10],
      ["Week", 0],
      ["Fable", 100],
      ["Sonnet", 30],
    ])
    expect(lessons?.usage).toMatchObject({
      plan: "default_claude_max_20x",
      extraUsage: { usedCents: 1250, monthlyLimitCents: 5000 },
    })
    expect(lessons?.operator.eligible).toBe(true)
    expect(claudeCli).toMatchObject({
      activeLabel: "lessons",
      inferredLabel: "lessons",
      relation: "same",
      readback: { ok: true, holds: "login" },
      authStatus: { loggedIn: true, authMethod: "claude.ai" },
      lastSelectionReceipt: { action: "claude_use", label: "lessons" },
    })
    expect(claudeCli).not.toHaveProperty("unsupported_yet")
    expect(warnings.map(({ kind }) => kind)).toEqual(["provider_url_override"])
  })

  test("asks once in three minutes, refreshes nothing and changes no file of anybody's", async () => {
    await using world = await serving()
    await world.claudeLabel("work", { expiresInSeconds: -60 })
    await rm(`${world.home}/.aimgr/ledger.db`)
    const [before, vault] = [pictureOf(`${world.home}/.claude`), await world.vault()]
    const [was, posted] = [asked(world), posts(world)]
    for (const command of ["status", "status --live", "status --live --json", "why claude"])
      expect((await world.aim(command)).code).toBe(0)
    expect(asked(world) - was).toBe(1)
    expect(posts(world)).toBe(posted)
    expect(pictureOf(`${world.home}/.claude`)).toEqual(before)
    expect(await world.vault()).toEqual(vault)
    const { warnings } = await world.json<Status>("status")
    expect(warnings.find(({ kind }) => kind === "credentials_expired")).toMatchObject({
      label: "work",
      hint: "aim refresh work",
    })
    const shown = await world.aim("status")
    expect(shown.stdout).toMatch(/^work +ready .*expired$/m)
  })

  test("a login that may not ask is unmetered, never 0 %, live or from the cache", async () => {
    await using world = await openWorld([], TWO)
    await world.claudeLabel("lessons", { scopes: ["user:inference"] })
    for (const command of ["status", "status --cached", "status --live"]) {
      const { stdout } = await world.aim(command)
      expect(stdout).toMatch(/^lessons +ready .*unmetered$/m)
      expect(stdout).not.toContain("0%")
    }
    const { accounts } = await world.json<Status>("status --cached")
    expect(accounts[0]).toMatchObject({
      operator: { status: "ready", eligible: true },
      usage: { ok: false, known: false, unmetered: true, windows: [] },
    })
    expect(asked(world)).toBe(0)
  })

  test("warns of what is wrong in its home, once for people and by each name for programs", async () => {
    await using world = await serving()
    await rm(claudePaths(world.home).credentials)
    const env = { ANTHROPIC_API_KEY: "AIMCANARY" }
    const { warnings, claudeCli } = await world.json<Status>("status", 0, { env })
    expect(warnings).toMatchObject([
      { kind: "provider_url_override" },
      { kind: "claude_target_env_override", authMethod: "api_key", env: ["ANTHROPIC_API_KEY"] },
      { kind: "claude_target_missing_auth_file", label: "lessons" },
    ])
    expect(claudeCli?.authOverrideEnv).toEqual(["ANTHROPIC_API_KEY"])
    const { warnings: plain } = await world.json<Status>("status")
    expect(plain.map(({ kind }) => kind)).toEqual([
      "provider_url_override",
      "claude_target_missing_auth_file",
      "claude_target_not_logged_in",
      "claude_target_auth_method_mismatch",
    ])
    const { stdout } = await world.aim("status")
    expect(stdout).toMatch(/^claude +not logged in \(the last switch was to `lessons`\)$/m)
    expect(stdout).toContain(".credentials.json is not there")
    expect(stdout.match(/^warning:/gm)).toHaveLength(2)
  })

  test("is quiet for whoever has neither a Claude label nor a Claude Code", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    const env = { ANTHROPIC_API_KEY: "x" }
    const { stdout } = await world.aim("status", { env })
    expect(stdout.toLowerCase()).not.toContain("claude")
    const { warnings, claudeCli } = await world.json<Status>("status", 0, { env })
    expect(JSON.stringify(warnings)).not.toContain("claude")
    expect(claudeCli).toMatchObject({ activeLabel: null, readback: { holds: "absent" } })
  })
})
