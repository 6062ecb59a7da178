import { describe, expect, test } from "bun:test"
import { chmod, mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { patchTarget, putCredential } from "../../../src/domain/document-edits.ts"
import { claudeStatus } from "../../../src/operations/status/claude.ts"
import { liveView } from "../../../src/pool/live-view.ts"
import type { ClaudeFiles } from "../../../src/simulator/claude-files.ts"
import { CANARY } from "../../../src/simulator/tokens.ts"
import { claudePaths, writeClaudeHome } from "../../support/claude-fixtures.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

const TWO = { claudeAccounts: [{ name: "lessons" }, { name: "work" }] }

/** The label `lessons`, switched to, and its login in Claude Code's home. */
async function serving(env: Record<string, string> = {}) {
  const world = await openPoolWorld([], { ...TWO, env })
  const files = world.sim.claude.files(await world.claudeLabel("lessons"))
  await writeClaudeHome(world.home, files)
  await world.edit((it) =>
    patchTarget(it, "claudeCli", {
      activeLabel: "lessons",
      lastAppliedAt: "2026-11-21T12:00:00.000Z",
      lastSelectionReceipt: { action: "claude_use", access: CANARY },
    }),
  )
  return { world, files }
}

async function statusOf(world: PoolWorld) {
  const { document, stores } = await liveView(world.pool)
  const target = world.pool.targets.find(({ id }) => id === "claude")
  if (target === undefined) throw new Error("there is no claude target")
  const status = await claudeStatus(target, document, stores, world.pool.homes)
  expect(JSON.stringify(status)).not.toContain(CANARY)
  return status
}

async function installed(home: string): Promise<string> {
  const file = join(home, ".local", "bin", "claude")
  await mkdir(join(home, ".local", "bin"), { recursive: true })
  await writeFile(file, "#!/bin/sh\n")
  await chmod(file, 0o755)
  return file
}

describe("Claude Code's block", () => {
  test("has what is expected beside what the files really hold, by named fields", async () => {
    const { world, files } = await serving()
    await using _ = world
    const commandPath = await installed(world.home)
    const { claudeAiOauth: oauth, oauthAccount: account } = files
    const { credentials, appState } = claudePaths(world.home)
    const person = {
      SubscriptionType: oauth.subscriptionType,
      EmailAddress: account.emailAddress,
      OrganizationName: account.organizationName,
      OrganizationUuid: account.organizationUuid,
    }
    const both = Object.entries(person).flatMap(([name, value]) => [
      [`expected${name}`, value],
      [`actual${name}`, value],
    ])
    const entry = { exists: true, ok: true, error: null, mode: "0600" }
    expect(await statusOf(world)).toMatchObject({
      ...Object.fromEntries(both),
      credentialsPath: credentials,
      appStatePath: appState,
      activeLabel: "lessons",
      activeCredentialPresent: true,
      inferredLabel: "lessons",
      relation: "same",
      contradiction: null,
      readback: {
        exists: true,
        ok: true,
        holds: "login",
        error: null,
        credentials: { ...entry, providerEntryPresent: true },
        appState: { ...entry, oauthAccountPresent: true },
        nativeClaudeBundle: {
          claudeAiOauth: { scopes: oauth.scopes, expiresAt: oauth.expiresAt },
          oauthAccount: { emailAddress: account.emailAddress },
          complete: true,
          missing: [],
        },
        summary: { rateLimitTier: oauth.rateLimitTier, emailAddress: account.emailAddress },
      },
      keychain: { state: null },
      authStatus: {
        available: true,
        commandPath,
        ok: true,
        loggedIn: true,
        authMethod: "claude.ai",
        apiProvider: "firstParty",
        email: account.emailAddress,
        orgId: account.organizationUuid,
        orgName: account.organizationName,
        subscriptionType: oauth.subscriptionType,
        error: null,
      },
      authOverrideEnv: [],
      lastAppliedAt: "2026-11-21T12:00:00.000Z",
      lastSelectionReceipt: { action: "claude_use" },
    })
  })

  test("finds the program on PATH before the one that an installer put aside", async () => {
    const first = await openPoolWorld([])
    await using _ = first
    await using world = await openPoolWorld([], {
      env: { PATH: join(first.home, ".local", "bin") },
    })
    const [onPath] = [await installed(first.home), await installed(world.home)]
    expect((await statusOf(world)).authStatus).toMatchObject({
      available: true,
      commandPath: onPath,
    })
  })

  test("of nobody is null, and says that nobody is logged in", async () => {
    await using world = await openPoolWorld([])
    expect(await statusOf(world)).toMatchObject({
      activeLabel: null,
      inferredLabel: null,
      actualEmailAddress: null,
      expectedEmailAddress: null,
      readback: { exists: false, ok: false, holds: "absent", nativeClaudeBundle: null },
      authStatus: {
        available: false,
        commandPath: null,
        ok: true,
        loggedIn: false,
        authMethod: "none",
        apiProvider: "none",
        email: null,
      },
    })
  })

  test.each([
    ["CLAUDE_CODE_OAUTH_TOKEN", "oauth_token"],
    ["ANTHROPIC_API_KEY", "api_key"],
    ["CLAUDE_CODE_USE_BEDROCK", "bedrock"],
  ])("says what %s makes of it", async (name, authMethod) => {
    const { world } = await serving({ [name]: CANARY })
    await using _ = world
    expect(await statusOf(world)).toMatchObject({
      authStatus: { ok: true, loggedIn: true, authMethod, apiProvider: "override" },
      authOverrideEnv: [name],
    })
  })

  test("is not logged in without the scope that Claude Code asks for, though the login is whole", async () => {
    const { world, files } = await serving()
    await using _ = world
    const claudeAiOauth = { ...files.claudeAiOauth, scopes: ["user:profile"] }
    await writeClaudeHome(world.home, { ...files, claudeAiOauth })
    expect(await statusOf(world)).toMatchObject({
      readback: { ok: true },
      authStatus: { loggedIn: false, authMethod: "none", email: null },
    })
  })

  test("tells the two files apart, and which of them can't be read", async () => {
    const { world, files } = await serving()
    await using _ = world
    const { credentials, appState } = claudePaths(world.home)
    await writeFile(appState, `{${CANARY}`)
    expect(await statusOf(world)).toMatchObject({
      readback: {
        ok: false,
        holds: "unreadable",
        error: expect.stringContaining(".claude.json"),
        credentials: { ok: true, error: null, providerEntryPresent: true },
        appState: { exists: true, ok: false, error: expect.stringContaining(".claude.json") },
      },
      authStatus: { ok: false, loggedIn: null, authMethod: null, error: expect.any(String) },
    })
    await rm(appState)
    expect(await statusOf(world)).toMatchObject({
      readback: {
        ok: false,
        appState: { exists: false, ok: false, error: null },
        nativeClaudeBundle: {
          complete: false,
          missing: expect.arrayContaining(["oauthAccount.emailAddress"]),
        },
      },
      actualOrganizationUuid: files.oauthAccount.organizationUuid,
      actualEmailAddress: null,
    })
    await rm(credentials)
    expect(await statusOf(world)).toMatchObject({ readback: { exists: false, holds: "absent" } })
  })

  test("names both where tokens and account are two people's", async () => {
    const { world, files } = await serving()
    await using _ = world
    const other: ClaudeFiles = world.sim.claude.files(world.sim.claude.mintLogin("work"))
    await writeClaudeHome(world.home, { ...files, oauthAccount: other.oauthAccount })
    expect(await statusOf(world)).toMatchObject({
      contradiction: {
        byTokens: { accountUuid: files.claudeAiOauth.accountUuid },
        byAccount: { email: other.oauthAccount.emailAddress },
      },
      actualEmailAddress: other.oauthAccount.emailAddress,
    })
  })

  test("expects what only the stored bundle says, too", async () => {
    const { world, files } = await serving()
    await using _ = world
    const record = (await world.document()).credentials.anthropic?.lessons
    const bare = { ...record, subscriptionType: undefined, emailAddress: undefined }
    await world.edit((it) => putCredential(it, "anthropic", "lessons", bare))
    expect(await statusOf(world)).toMatchObject({
      expectedSubscriptionType: files.claudeAiOauth.subscriptionType,
      expectedEmailAddress: files.oauthAccount.emailAddress,
    })
  })
})
