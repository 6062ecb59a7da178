import { describe, expect, test } from "bun:test"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { findObstacles, overridingMethod } from "../../../src/targets/claude/obstacles.ts"
import { homesAt, homeWith, oauthOf, recordOf } from "./fixtures.ts"

const NAMES = [
  ["CLAUDE_CODE_OAUTH_TOKEN", "oauth_token"],
  ["ANTHROPIC_AUTH_TOKEN", "api_key"],
  ["ANTHROPIC_API_KEY", "api_key"],
  ["CLAUDE_CODE_USE_BEDROCK", "bedrock"],
  ["CLAUDE_CODE_USE_VERTEX", "vertex"],
  ["CLAUDE_CODE_USE_FOUNDRY", "foundry"],
] as const

function withSettings(settings: Record<string, unknown> = {}) {
  const store = homeWith(undefined)
  for (const [name, tree] of Object.entries(settings))
    writeFileSync(join(store.home, name), typeof tree === "string" ? tree : JSON.stringify(tree))
  return store
}

describe("what rules over the login", () => {
  test.each(NAMES)("is %s in the shell", async (name, method) => {
    const store = withSettings()
    const homes = homesAt("/u", { [name]: "CANARY" })
    const { warnings, blockers } = await findObstacles(homes, store)
    expect(blockers).toEqual([])
    expect(warnings.map(({ code }) => code)).toEqual(["claude_target_env_override"])
    expect(warnings[0]?.hint).toContain(`unset ${name}`)
    expect(JSON.stringify(warnings)).not.toContain("CANARY")
    expect(await overridingMethod(homes, store)).toBe(method)
    expect((await findObstacles(homesAt("/u", { [name]: " " }), store)).warnings).toEqual([])
  })

  test.each(["settings.json", "settings.local.json"])("is set in %s", async (file) => {
    const env = { ANTHROPIC_API_KEY: "CANARY", CLAUDE_CODE_USE_VERTEX: 1, OTHER: "x" }
    const store = withSettings({ [file]: { env, apiKeyHelper: "CANARY" } })
    const { warnings } = await findObstacles(homesAt("/u"), store)
    const path = join(store.home, file)
    expect(warnings.map(({ hint }) => hint)).toEqual(
      ["env.ANTHROPIC_API_KEY", "env.CLAUDE_CODE_USE_VERTEX", "apiKeyHelper"].map(
        (what) => `take ${what} out of ${path}`,
      ),
    )
    expect(JSON.stringify(warnings)).not.toContain("CANARY")
    expect(await overridingMethod(homesAt("/u"), store)).toBe("api_key")
  })

  test("is the helper alone, or nothing", async () => {
    const helper = withSettings({ "settings.json": { apiKeyHelper: "x" } })
    expect(await overridingMethod(homesAt("/u"), helper)).toBe("api_key_helper")
    for (const broken of ["{CANARY", "[]", { env: "x", apiKeyHelper: "" }]) {
      const store = withSettings({ "settings.json": broken })
      expect(await overridingMethod(homesAt("/u"), store)).toBeNull()
      expect((await findObstacles(homesAt("/u"), store)).warnings).toEqual([])
    }
  })

  test("is found in the configuration folder when the credentials are elsewhere", async () => {
    const store = withSettings()
    const config = join(store.home, "..", "cfg")
    mkdirSync(config)
    writeFileSync(join(config, "settings.json"), JSON.stringify({ apiKeyHelper: "x" }))
    const apart = { ...store, appState: join(config, ".claude.json") }
    expect((await findObstacles(homesAt("/u"), apart)).warnings).toHaveLength(1)
  })
})

test("a record that Claude Code could not use is kept out by name", async () => {
  const { against } = await findObstacles(homesAt("/u"), withSettings())
  const codes = (record: Parameters<typeof against>[0]) => against(record).map(({ code }) => code)
  expect(codes(recordOf("a"))).toEqual([])
  expect(codes({})).toEqual(["missing_native_claude_bundle"])
  expect(codes(recordOf("a", 1, { account: {} }))).toEqual(["missing_native_claude_bundle"])
  const oauth = { ...oauthOf("a"), scopes: ["user:profile"] }
  expect(codes(recordOf("a", 1, { oauth }))).toEqual(["claude_scope_missing"])
})
