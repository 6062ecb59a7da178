import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import type { Homes } from "../../system/homes.ts"
import type { Obstacles } from "../target.ts"
import { type CodexConfig, readConfig, type Setting } from "./config.ts"

/** Variables that rule over `auth.json` in every Codex started with them (0.169.0). */
const OVERRIDES = ["CODEX_ACCESS_TOKEN", "CODEX_API_KEY"] as const

/**
 * What stands against a switch of this home: a configuration that Codex refuses, a store mode in
 * which it does not read `auth.json`, a forced login method or workspace, on whose mismatch it
 * deletes the file.
 */
export async function findObstacles(
  homes: Homes,
  machine: string,
  store: Store,
): Promise<Obstacles> {
  const config = await readConfig(store, machine)
  return {
    blockers: [...config.problems, ...storeMode(config), ...loginMethod(config)],
    warnings: overrides(homes),
    against: (record) => workspace(config, record),
  }
}

function storeMode({ storeMode }: CodexConfig): Problem[] {
  if (storeMode === null || storeMode.value === "file") return []
  return [
    {
      code: "codex_target_store_mode_unsupported",
      message: `${place(storeMode)} sets cli_auth_credentials_store = "${storeMode.value}", so Codex would not read auth.json`,
      hint: wayOut(storeMode, 'cli_auth_credentials_store = "file"'),
    },
  ]
}

function loginMethod({ loginMethod }: CodexConfig): Problem[] {
  if (loginMethod === null || loginMethod.value === "chatgpt") return []
  return [
    {
      code: "codex_forced_login_method",
      message: `${place(loginMethod)} sets forced_login_method = "api", so Codex would delete a ChatGPT login`,
      hint: wayOut(loginMethod, 'forced_login_method = "chatgpt"'),
    },
  ]
}

function workspace({ workspaces }: CodexConfig, record: JsonObject): Problem[] {
  const account = record.accountId
  if (workspaces === null || workspaces.value.length === 0 || typeof account !== "string") return []
  if (workspaces.value.includes(account)) return []
  return [
    {
      code: "codex_forced_workspace",
      message: `${place(workspaces)} sets forced_chatgpt_workspace_id to other workspaces, so Codex would delete the login`,
      hint: `add the account id, such as "${account}", to the list in ${where(workspaces)}, or take the setting out`,
    },
  ]
}

function overrides(homes: Homes): Problem[] {
  return OVERRIDES.filter((name) => (homes.env[name] ?? "").trim() !== "").map((name) => ({
    code: "codex_env_override",
    message: `${name} is set in this shell: a Codex started from it uses that instead of auth.json`,
    hint: `unset ${name}, and take it out of the shell's start files`,
  }))
}

function place(setting: NonNullable<Setting<unknown>>): string {
  return setting.line === null ? setting.layer.file : `${setting.layer.file}, line ${setting.line},`
}

function wayOut(setting: NonNullable<Setting<unknown>>, line: string): string {
  return `set this instead: ${line} in ${where(setting)}`
}

function where({ layer, line }: NonNullable<Setting<unknown>>): string {
  const at = line === null ? layer.file : `line ${line} of ${layer.file}`
  return layer.own ? at : `${at} (a file of this machine's administrator)`
}
