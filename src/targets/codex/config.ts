import * as v from "valibot"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import { invalidConfig, type Layer, readLayers } from "./config-layers.ts"

const StoreMode = v.picklist(["file", "keyring", "auto", "ephemeral"])
export type StoreMode = v.InferOutput<typeof StoreMode>

const LoginMethod = v.picklist(["chatgpt", "api"])

/** One id or a list; ids are trimmed and blank ones count as none, a comma in one is refused. */
const Workspaces = v.pipe(
  v.union([
    v.pipe(
      v.string(),
      v.check((id) => !id.includes(",")),
    ),
    v.array(v.string()),
  ]),
  v.transform((ids) =>
    [ids]
      .flat()
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  ),
)

/** A setting with the place that it comes from, or null where nothing sets it. */
export type Setting<T> = { value: T; layer: Layer; line: number | null } | null

/** What in Codex's configuration decides whether `auth.json` is used (Codex CLI 0.169.0). */
export type CodexConfig = {
  storeMode: Setting<StoreMode>
  loginMethod: Setting<v.InferOutput<typeof LoginMethod>>
  /** The only workspaces that Codex lets in; empty: any. */
  workspaces: Setting<string[]>
  /** What makes Codex refuse the configuration as a whole. */
  problems: Problem[]
}

/** Reads the settings of a home; only top-level keys count, a table of profiles does not. */
export async function readConfig(store: Store, machine: string): Promise<CodexConfig> {
  const { config, requirements, problems } = await readLayers(store, machine)
  const withMust = requirements === null ? config : [...config, requirements]
  const modes = 'must be "file", "keyring", "auto" or "ephemeral"'
  const methods = 'must be "chatgpt" or "api"'
  const ids = "must be one workspace id or a list of them"
  return {
    storeMode: strongest("cli_auth_credentials_store", StoreMode, modes, withMust, problems),
    loginMethod: strongest("forced_login_method", LoginMethod, methods, config, problems),
    workspaces: strongest("forced_chatgpt_workspace_id", Workspaces, ids, config, problems),
    problems,
  }
}

/** The setting of the strongest layer; one that Codex would stop at joins `problems`. */
function strongest<T>(
  key: string,
  schema: v.GenericSchema<unknown, T>,
  rule: string,
  layers: Layer[],
  problems: Problem[],
): Setting<T> {
  let setting: Setting<T> = null
  for (const layer of layers) {
    if (!Object.hasOwn(layer.values, key)) continue
    const line = lineOf(layer.text, key)
    const parsed = v.safeParse(schema, layer.values[key])
    if (parsed.success) {
      setting = { value: parsed.output, layer, line }
      continue
    }
    const place = line === null ? "" : ` in line ${line}`
    problems.push(invalidConfig(layer.file, `sets ${key}${place}, which ${rule}`))
  }
  return setting
}

/** The line of a top-level key, from 1, or null where it is not written in the plain way. */
function lineOf(text: string, key: string): number | null {
  const lines = text.split("\n")
  const written = new RegExp(`^\\s*["']?${key}["']?\\s*=`)
  const table = lines.findIndex((line) => /^\s*\[/.test(line))
  const found = lines.findIndex((line) => written.test(line))
  return found === -1 || (table !== -1 && table < found) ? null : found + 1
}
