import { scopesOf } from "../../domain/claude/bundle.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import type { Homes } from "../../system/homes.ts"
import type { Obstacles } from "../target.ts"
import { bundleToWrite, incomplete, LOG_IN_AGAIN } from "./record.ts"
import { configDirOf, readSettings, type Settings } from "./settings.ts"

/** How a Claude Code is logged in that does not use its store; the first that is set rules. */
const OVERRIDES = [
  ["CLAUDE_CODE_OAUTH_TOKEN", "oauth_token"],
  ["ANTHROPIC_AUTH_TOKEN", "api_key"],
  ["ANTHROPIC_API_KEY", "api_key"],
  ["CLAUDE_CODE_USE_BEDROCK", "bedrock"],
  ["CLAUDE_CODE_USE_VERTEX", "vertex"],
  ["CLAUDE_CODE_USE_FOUNDRY", "foundry"],
] as const

/** The one that Claude Code asks of a login before it takes it for one (2.1.329). */
export const NEEDED_SCOPE = "user:inference"

/** What in the environment and in Claude Code's settings rules over the login of a store. */
export async function findObstacles(homes: Homes, store: Store): Promise<Obstacles> {
  const settings = await readSettings(store, configDirOf(store))
  return {
    blockers: [],
    warnings: [...inShell(homes), ...settings.flatMap(inSettings)],
    against: unfit,
  }
}

/** What overrules a store's login: by which method, and the variables set in this shell. */
export type Overruled = { method: string | null; env: string[] }

/** What overrules the login that stands in the files: another method, variables of the shell. */
export async function overruled(homes: Homes, store: Store): Promise<Overruled> {
  return { method: await overridingMethod(homes, store), env: setInShell(homes) }
}

/**
 * The authentication method by which the environment or the settings overrule the login, in the
 * reference's order and words (aimgr 4404b27 §2.11); null where the login is used.
 */
export async function overridingMethod(homes: Homes, store: Store): Promise<string | null> {
  const settings = await readSettings(store, configDirOf(store))
  const blocks: JsonObject[] = [homes.env, ...settings.map(({ env }) => env)]
  const found = OVERRIDES.find(([name]) => blocks.some((env) => isSet(env[name])))
  if (found !== undefined) return found[1]
  return settings.some(({ apiKeyHelper }) => apiKeyHelper) ? "api_key_helper" : null
}

function inShell(homes: Homes): Problem[] {
  const names = setInShell(homes)
  if (names.length === 0) return []
  const [is, it] = names.length === 1 ? ["is", "it"] : ["are", "them"]
  return [
    {
      code: "claude_target_env_override",
      message: `${names.join(" and ")} ${is} set in this shell: a Claude Code started from it uses that instead of its login`,
      hint: `unset ${names.join(" ")}, and take ${it} out of the shell's start files`,
    },
  ]
}

function setInShell({ env }: Homes): string[] {
  return OVERRIDES.flatMap(([name]) => (isSet(env[name]) ? [name] : []))
}

function inSettings({ file, env, apiKeyHelper }: Settings): Problem[] {
  const set = OVERRIDES.filter(([name]) => isSet(env[name])).map(([name]) => `env.${name}`)
  return [...set, ...(apiKeyHelper ? ["apiKeyHelper"] : [])].map((what) => ({
    code: "claude_target_env_override",
    message: `${file} sets ${what}: Claude Code uses that instead of its login`,
    hint: `take ${what} out of ${file}`,
  }))
}

function unfit(record: JsonObject): Problem[] {
  const problem = incomplete(record)
  if (problem !== null) return [problem]
  if (scopesOf(bundleToWrite(record).claudeAiOauth).includes(NEEDED_SCOPE)) return []
  return [
    {
      code: "claude_scope_missing",
      message: `the stored login was made without ${NEEDED_SCOPE}, so Claude Code would not take it for one`,
      hint: LOG_IN_AGAIN,
    },
  ]
}

function isSet(value: unknown): boolean {
  return typeof value === "string" ? value.trim() !== "" : value === true || Number(value) > 0
}
