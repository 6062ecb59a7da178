import { describe, expect, test } from "bun:test"
import { rm, writeFile } from "node:fs/promises"
import { patchTarget, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { claudeStatus } from "../../../src/operations/status/claude.ts"
import { claudeWarnings } from "../../../src/operations/status/claude-warnings.ts"
import { liveView } from "../../../src/pool/live-view.ts"
import type { ClaudeFiles } from "../../../src/simulator/claude-files.ts"
import { CANARY } from "../../../src/simulator/tokens.ts"
import { claudePaths, writeClaudeHome } from "../../support/claude-fixtures.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

const TWO = { claudeAccounts: [{ name: "lessons" }, { name: "work" }, { name: "guest" }] }

/** Labels lessons and work; lessons is in Claude Code's home, which was switched to it. */
async function switched(env: Record<string, string> = {}) {
  const world = await openPoolWorld([], { ...TWO, env })
  const files = world.sim.claude.files(await world.claudeLabel("lessons"))
  await world.claudeLabel("work")
  await writeClaudeHome(world.home, files)
  await world.edit((it) => patchTarget(it, "claudeCli", { activeLabel: "lessons" }))
  return { world, files }
}

async function warnings(world: PoolWorld) {
  const { document, stores } = await liveView(world.pool)
  const target = world.pool.targets.find(({ id }) => id === "claude")
  if (target === undefined) throw new Error("there is no claude target")
  const block = await claudeStatus(target, document, stores, world.pool.homes)
  const found = await claudeWarnings(target, document, stores, block)
  expect(JSON.stringify(found)).not.toContain(CANARY)
  return found
}
const kinds = async (world: PoolWorld) =>
  (await warnings(world)).map(({ kind }) => kind.replace("claude_target_", ""))

type Change = (world: PoolWorld, files: ClaudeFiles) => Promise<unknown>
const oauth = (change: object): Change => {
  return (world, files) => {
    const claudeAiOauth = { ...files.claudeAiOauth, ...change }
    return writeClaudeHome(world.home, { ...files, claudeAiOauth })
  }
}
const account = (change: object): Change => {
  return (world, files) => {
    const oauthAccount = { ...files.oauthAccount, ...change }
    return writeClaudeHome(world.home, { ...files, oauthAccount })
  }
}
const stored = (change: JsonObject): Change => {
  return (world) =>
    world.edit((it) => {
      const record = it.credentials.anthropic?.lessons
      return putCredential(it, "anthropic", "lessons", { ...record, ...change })
    })
}
const of = (world: PoolWorld, name: string) =>
  world.sim.claude.files(world.sim.claude.mintLogin(name))

const NOBODY = ["not_logged_in", "auth_method_mismatch"]
const CASES: [what: string, change: Change, found: string[]][] = [
  ["holds what it was switched to", async () => {}, []],
  [
    "was switched to a label that is gone",
    (world) => world.edit((it) => putAccount(it, "lessons", null)),
    ["unmanaged_login", "label_missing"],
  ],
  [
    "was switched to a label without a login",
    (world) => world.edit((it) => putCredential(it, "anthropic", "lessons", null)),
    ["unmanaged_login", "credentials_missing"],
  ],
  [
    "has no credentials",
    (world) => rm(claudePaths(world.home).credentials),
    ["missing_auth_file", ...NOBODY],
  ],
  [
    "has credentials that can't be read",
    (world) => writeFile(claudePaths(world.home).credentials, `{${CANARY}`),
    ["auth_unreadable", "status_unreadable"],
  ],
  [
    "has credentials of other services only",
    (world, { oauthAccount }) =>
      writeClaudeHome(world.home, { oauthAccount }, { credentials: { mcpOAuth: {} } }),
    ["missing_provider_entry", ...NOBODY],
  ],
  ["has no app state", (world) => rm(claudePaths(world.home).appState), ["missing_app_state"]],
  [
    "has an app state that can't be read",
    (world) => writeFile(claudePaths(world.home).appState, "{"),
    ["app_state_unreadable", "status_unreadable"],
  ],
  [
    "has two files that can't be read",
    async (world) => {
      await writeFile(claudePaths(world.home).appState, "{")
      await writeFile(claudePaths(world.home).credentials, "{")
    },
    ["auth_unreadable", "app_state_unreadable", "status_unreadable"],
  ],
  [
    "has an app state without an account",
    (world, { claudeAiOauth }) => writeClaudeHome(world.home, { claudeAiOauth }),
    ["missing_oauth_account"],
  ],
  ["has another plan", oauth({ subscriptionType: "pro" }), ["subscription_mismatch"]],
  ["is another person's by mail", account({ emailAddress: "b@c.test" }), ["email_mismatch"]],
  [
    "is of an organisation of another name, by uuid the same",
    account({ organizationName: "Renamed" }),
    [],
  ],
  [
    "is of another organisation by name, where the uuid is not stored",
    async (world, files) => {
      await stored({ organizationUuid: undefined, nativeClaudeBundle: undefined })(world, files)
      await account({ organizationName: "Other" })(world, files)
    },
    ["missing_native_claude_bundle", "organization_mismatch"],
  ],
  [
    "is another label's",
    (world) => world.edit((it) => patchTarget(it, "claudeCli", { activeLabel: "work" })),
    ["email_mismatch", "organization_mismatch", "label_mismatch"],
  ],
  [
    "is a stranger's",
    (world) => writeClaudeHome(world.home, of(world, "guest")),
    ["unmanaged_login", "email_mismatch", "organization_mismatch"],
  ],
  ["was emptied", oauth({ accessToken: "", refreshToken: "", expiresAt: 0 }), NOBODY],
  ["holds an older pair", (world) => world.claudeLabel("lessons"), ["older_pair"]],
  [
    "holds tokens of one and an account of another",
    (world, files) =>
      writeClaudeHome(world.home, { ...files, oauthAccount: of(world, "work").oauthAccount }),
    ["identity_contradiction", "email_mismatch", "organization_mismatch"],
  ],
]

describe("the operator is told of a Claude home that", () => {
  test.each(CASES)("%s", async (_what, change, found) => {
    const { world, files } = await switched()
    await using _ = world
    await change(world, files)
    expect(await kinds(world)).toEqual(found)
  })

  test("is overruled by the shell, with the method and the names, once", async () => {
    const env = { ANTHROPIC_API_KEY: CANARY, CLAUDE_CODE_OAUTH_TOKEN: CANARY }
    const { world } = await switched(env)
    await using _ = world
    expect(await warnings(world)).toMatchObject([
      {
        kind: "claude_target_env_override",
        system: "claude-cli",
        authMethod: "oauth_token",
        env: ["CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_API_KEY"],
        hint: expect.stringContaining("unset CLAUDE_CODE_OAUTH_TOKEN ANTHROPIC_API_KEY"),
      },
    ])
  })

  test("holds a pair in conflict with the stored one, and the way out", async () => {
    const { world } = await switched()
    await using _ = world
    const old = world.sim.claude.mintLogin("lessons", { expiresInSeconds: -9 * 86_400 })
    await writeClaudeHome(world.home, world.sim.claude.files(old))
    expect(await warnings(world)).toMatchObject([
      {
        kind: "claude_store_conflict",
        label: "lessons",
        hint: expect.stringContaining("aim claude capture-native lessons --source-home"),
      },
    ])
  })

  test("has a mismatch, with both sides and a way out", async () => {
    const { world, files } = await switched()
    await using _ = world
    await oauth({ subscriptionType: "pro" })(world, files)
    expect(await warnings(world)).toEqual([
      {
        kind: "claude_target_subscription_mismatch",
        system: "claude-cli",
        label: "lessons",
        detail: "Claude Code holds a subscription `pro`, the last switch was to `max`",
        hint: "aim claude use",
        expected: "max",
        actual: "pro",
      },
    ])
  })
})

test("whoever has no Claude label is told nothing, whatever lies there", async () => {
  await using world = await openPoolWorld([], { ...TWO, env: { ANTHROPIC_API_KEY: "x" } })
  await writeClaudeHome(world.home, of(world, "guest"))
  expect(await warnings(world)).toEqual([])
})

test("of a home that was never switched only what stands in the way is told", async () => {
  const { world } = await switched()
  await using _ = world
  await world.edit((it) => patchTarget(it, "claudeCli", { activeLabel: null }))
  await rm(claudePaths(world.home).credentials)
  expect(await warnings(world)).toEqual([])
})
