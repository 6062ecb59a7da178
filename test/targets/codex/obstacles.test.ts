import { describe, expect, test } from "bun:test"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { findObstacles } from "../../../src/targets/codex/obstacles.ts"
import type { Obstacles } from "../../../src/targets/target.ts"
import { authOf, homesAt, homeWith, recordOf, tempFolder } from "./fixtures.ts"

const NO_MACHINE = "/nonexistent/etc/codex"
const STORE = "codex_target_store_mode_unsupported"
const CONFIG = "codex_target_config_invalid"

function allBlockers({ blockers, against }: Obstacles, account: string) {
  return [...blockers, ...against(recordOf(account))]
}

async function look(config: string | undefined, account: string | null = "ws_1") {
  const store = homeWith(authOf("ws_1"), config)
  const found = await findObstacles(homesAt("/h"), NO_MACHINE, store)
  const blockers = account === null ? found.blockers : allBlockers(found, account)
  return { ...found, blockers, file: join(store.home, "config.toml") }
}

describe("the store mode", () => {
  test.each([
    ["no config.toml", undefined],
    ["an empty one", ""],
    ["file", 'cli_auth_credentials_store = "file"\n'],
    ["a comment", '# cli_auth_credentials_store = "keyring"\n'],
    ["a table's key", '[profiles.x]\ncli_auth_credentials_store = "keyring"\n'],
    ["a table's key beside it", '[a]\ncli_auth_credentials_store = "auto"\n[b]\nx = 1\n'],
    ["in a text", 'x = """\ncli_auth_credentials_store = "keyring"\n"""\n'],
    ["everything else", 'model = "m"\nnotify = ["a"]\nwhen = 1979-05-27T07:32:00Z\n[[x]]\ny = 1\n'],
  ])("nothing against %s", async (_name, config) => {
    expect(await look(config)).toMatchObject({ blockers: [], warnings: [] })
  })

  test.each([
    ["keyring", 'cli_auth_credentials_store = "keyring"', 1],
    ["auto", 'a = 1\n\n  cli_auth_credentials_store="auto" # why\n', 3],
    ["ephemeral", 'cli_auth_credentials_store = "ephemeral"\r\n[t]\r\n', 1],
    ["keyring", "cli_auth_credentials_store = 'keyring'", 1],
    ["keyring", '"cli_auth_credentials_store" = "keyring"', 1],
    ["keyring", "'cli_auth_credentials_store' = '''keyring'''", 1],
    ["keyring", '\ufeffcli_auth_credentials_store = "keyring"', 1],
    ["keyring", '"cli\\u005fauth_credentials_store" = "keyring"', null],
    [
      "auto",
      '"cli\\u005fauth_credentials_store" = "auto"\n[t]\ncli_auth_credentials_store = 1',
      null,
    ],
  ])("%s is refused in %j", async (mode, config, line) => {
    const { blockers, file } = await look(config)
    expect(blockers.map(({ code }) => code)).toEqual([STORE])
    expect(blockers[0]?.message).toContain(`"${mode}"`)
    expect(blockers[0]?.message).toContain(
      line === null ? `${file} sets` : `${file}, line ${line}, sets`,
    )
    expect(blockers[0]?.hint).toContain('cli_auth_credentials_store = "file"')
  })

  test.each([
    ['cli_auth_credentials_store = "CANARY"', "in line 1"],
    ['cli_auth_credentials_store = "FILE"', '"file", "keyring", "auto" or "ephemeral"'],
    ["cli_auth_credentials_store = 5", "cli_auth_credentials_store"],
    ["forced_login_method = 'CANARY'", '"chatgpt" or "api"'],
    ['forced_chatgpt_workspace_id = "ws_1,CANARY"', "a list of them"],
    ["forced_chatgpt_workspace_id = 5", "a list of them"],
    ["CANARY = = 1", "from line 1 on"],
    ["a = 1\na = 2", "from line 2 on"],
    ['a = 1\nb = """\nx\n"""\ntoken = "CANARY" CANARY\nc = 1', "from line 5 on"],
    ['a = 1\n\nb = "CANARY', "from line 3 on"],
  ])("a configuration that Codex refuses is one blocker: %j", async (config, says) => {
    const { blockers, file } = await look(config)
    expect(blockers.map(({ code }) => code)).toEqual([CONFIG])
    expect(blockers[0]?.message).toContain(says)
    expect(blockers[0]?.message).toContain(file)
    expect(JSON.stringify(blockers)).not.toContain("CANARY")
  })

  test("a config.toml that can't be read is one too", async () => {
    const store = homeWith(authOf("ws_1"))
    mkdirSync(join(store.home, "config.toml"))
    const { blockers } = await findObstacles(homesAt("/h"), NO_MACHINE, store)
    expect(blockers.map(({ code }) => code)).toEqual([CONFIG])
  })
})

describe("forced login", () => {
  test.each([
    ['forced_login_method = "chatgpt"', []],
    ['forced_login_method = "api"', ["codex_forced_login_method"]],
    ['forced_chatgpt_workspace_id = "ws_1"', []],
    ['forced_chatgpt_workspace_id = " ws_1 "', []],
    ['forced_chatgpt_workspace_id = ["ws_2", "ws_1"]', []],
    ["forced_chatgpt_workspace_id = []", []],
    ['forced_chatgpt_workspace_id = ""', []],
    ['forced_chatgpt_workspace_id = [" "]', []],
    ['forced_chatgpt_workspace_id = "ws_2"', ["codex_forced_workspace"]],
    ['forced_chatgpt_workspace_id = "WS_1"', ["codex_forced_workspace"]],
    ['forced_chatgpt_workspace_id = ["ws_2", "ws_3"]', ["codex_forced_workspace"]],
    [
      'forced_login_method = "api"\nforced_chatgpt_workspace_id = "ws_2"\ncli_auth_credentials_store = "auto"',
      [STORE, "codex_forced_login_method", "codex_forced_workspace"],
    ],
  ])("%s", async (config, codes) => {
    const { blockers } = await look(config)
    expect(blockers.map(({ code }) => code)).toEqual(codes)
    for (const { hint } of blockers) expect(hint).toContain("config.toml")
  })

  test("a workspace stands against nobody while no login is to be written", async () => {
    expect((await look('forced_chatgpt_workspace_id = "ws_2"', null)).blockers).toEqual([])
  })

  test("names the label's workspace, not the file's", async () => {
    const { blockers } = await look('x = 1\nforced_chatgpt_workspace_id = ["CANARY"]')
    expect(blockers[0]?.hint).toContain("ws_1")
    expect(blockers[0]?.hint).toContain("line 2")
    expect(JSON.stringify(blockers)).not.toContain("CANARY")
  })
})

describe("the machine's own files", () => {
  async function lookWith(files: Record<string, string>, config: string) {
    const machine = tempFolder()
    for (const [name, text] of Object.entries(files)) writeFileSync(join(machine, name), text)
    const store = homeWith(authOf("ws_1"), config)
    const found = await findObstacles(homesAt("/h"), machine, store)
    return allBlockers(found, "ws_1").map(({ code, hint }) => [
      code,
      hint?.includes("administrator"),
    ])
  }
  const mode = (value: string) => `cli_auth_credentials_store = "${value}"\n`

  test.each([
    ["system below the home's", { "config.toml": mode("auto") }, mode("file"), []],
    ["system alone", { "config.toml": mode("auto") }, "", [[STORE, true]]],
    ["managed above it", { "managed_config.toml": mode("auto") }, mode("file"), [[STORE, true]]],
    ["requirements above all", { "requirements.toml": mode("file") }, mode("auto"), []],
    ["requirements that forbid", { "requirements.toml": mode("auto") }, "", [[STORE, true]]],
    [
      "managed workspace",
      { "managed_config.toml": 'forced_chatgpt_workspace_id = "ws_2"' },
      'forced_chatgpt_workspace_id = "ws_1"',
      [["codex_forced_workspace", true]],
    ],
    [
      "requirements know no login method",
      { "requirements.toml": 'forced_login_method = "api"' },
      "",
      [],
    ],
    ["a broken one stops Codex too", { "requirements.toml": "x = = 1" }, "", [[CONFIG, false]]],
  ])("%s", async (_name, files, config, expected) => {
    expect(await lookWith(files, config)).toEqual(expected as [string, boolean][])
  })
})

describe("the environment", () => {
  test.each([
    [{}, []],
    [{ CODEX_ACCESS_TOKEN: "" }, []],
    [{ OPENAI_API_KEY: "CANARY" }, []],
    [{ CODEX_ACCESS_TOKEN: "CANARY" }, ["CODEX_ACCESS_TOKEN"]],
    [
      { CODEX_API_KEY: "CANARY", CODEX_ACCESS_TOKEN: "CANARY" },
      ["CODEX_ACCESS_TOKEN", "CODEX_API_KEY"],
    ],
  ])("%j", async (env, names) => {
    const store = homeWith(authOf("ws_1"))
    const homes = homesAt(dirname(store.home), env)
    const { warnings, blockers } = await findObstacles(homes, NO_MACHINE, store)
    expect(blockers).toEqual([])
    expect(warnings.map(({ hint }) => hint?.split(/[ ,]/)[1])).toEqual(names)
    for (const { code } of warnings) expect(code).toBe("codex_env_override")
    expect(JSON.stringify(warnings)).not.toContain("CANARY")
  })
})
