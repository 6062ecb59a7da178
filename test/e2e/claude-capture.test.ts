import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { CANARY } from "../../src/simulator/tokens.ts"
import { writeClaudeHome } from "../support/claude-fixtures.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

type Captured = { ok: boolean; adoption: string; captured: Record<string, unknown>; home: string }
type Problem = { code: string; message: string; hint: string }

const open = (...names: string[]) =>
  openWorld([], { claudeAccounts: names.map((name) => ({ name })) })

async function refused(world: World, args: string): Promise<Problem> {
  const { error } = await world.json<{ error: Problem }>(`claude capture-native ${args}`, 1)
  expect(JSON.stringify(error)).not.toContain(CANARY)
  return error
}

describe("capturing the login of Claude Code", () => {
  test("adopts it as a label, in the reference's document, and leaves the home as it was", async () => {
    await using world = await open("boss")
    const { dir, login } = await world.claudeLogin("boss")
    const before = await pictureOf(dir)
    const result = await world.json<Captured>(`claude capture-native boss --source-home ${dir}`)
    const { emailAddress, organizationName, organizationUuid } =
      world.sim.claude.files(login).oauthAccount
    expect(result).toMatchObject({ ok: true, adoption: "adopted", home: join(dir, ".claude") })
    expect(result.captured).toEqual({
      label: "boss",
      sourceHome: dir,
      emailAddress,
      organizationName,
      organizationUuid,
    })
    expect(await pictureOf(dir)).toEqual(before)
    const vault = await world.vault()
    expect(vault.credentials.anthropic?.boss).toMatchObject({
      refresh: login.refreshToken,
      nativeClaudeBundle: world.sim.claude.files(login),
    })
    expect(vault.accounts.boss).toMatchObject({
      provider: "anthropic",
      browser: null,
      reauth: { mode: "native-claude", lastVerifiedAt: expect.any(String) },
    })
    expect(vault.targets).toMatchObject({
      claudeCli: { sourceHomes: { [join(dir, ".claude")]: { label: "boss" } } },
    })
    const again = await world.json<Captured>(`claude capture-native boss --source-home ${dir}`)
    expect(again.adoption).toBe("same")
  })

  test("of the own home without --source-home", async () => {
    await using world = await open("boss")
    await world.claudeHome("boss")
    const { captured } = await world.json<Captured>("claude capture-native boss")
    expect(captured).toMatchObject({ label: "boss", sourceHome: world.home })
  })
})

describe("a capture is refused", () => {
  test("of no login, an incomplete one, a contradiction; with nothing changed", async () => {
    await using world = await open("boss", "qa")
    expect((await refused(world, "boss")).code).toBe("no_login_in_home")
    const boss = world.sim.claude.files(world.sim.claude.mintLogin("boss"))
    const qa = world.sim.claude.files(world.sim.claude.mintLogin("qa"))
    await writeClaudeHome(world.home, { claudeAiOauth: boss.claudeAiOauth })
    expect(await refused(world, "boss")).toMatchObject({
      code: "missing_native_claude_bundle",
      message: expect.stringContaining("oauthAccount.emailAddress"),
    })
    await writeClaudeHome(world.home, { ...boss, oauthAccount: qa.oauthAccount })
    expect((await refused(world, "boss")).code).toBe("identity_contradiction")
    const blank = { ...boss.claudeAiOauth, accessToken: "", refreshToken: "", expiresAt: 0 }
    await writeClaudeHome(world.home, { ...boss, claudeAiOauth: blank })
    expect((await refused(world, "boss")).message).toContain("were emptied")
    expect((await world.json<{ accounts: unknown[] }>("account list")).accounts).toEqual([])
  })

  test("of a stranger or another label's login; the attempt is noted, an emptied one too", async () => {
    await using world = await open("boss", "qa")
    const boss = await world.claudeLogin("boss")
    const qa = await world.claudeLogin("qa")
    await world.json(`claude capture-native boss --source-home ${boss.dir}`)
    const stored = (await world.vault()).credentials.anthropic
    const code = (await refused(world, `boss --source-home ${qa.dir}`)).code
    expect(code).toBe("identity_mismatch")
    expect((await refused(world, `more --source-home ${boss.dir}`)).code).toBe(
      "login_already_labelled",
    )
    const vault = await world.vault()
    expect(vault.credentials.anthropic).toEqual(stored ?? {})
    expect(vault.accounts.boss?.reauth).not.toHaveProperty("blockedReason")
    const { receipts } = await world.json<{ receipts: object[] }>("history")
    expect(receipts).toMatchObject([
      { action: "claude_capture_refused", status: "blocked", label: "more" },
      { action: "claude_capture_refused", status: "blocked", label: "boss" },
      { action: "claude_capture", status: "applied", label: "boss" },
    ])
  })
})
