import { basename, dirname, join } from "node:path"
import { fileExists } from "../../system/files.ts"
import { clientHome, type Homes } from "../../system/homes.ts"

/** Where one Claude login is kept: the folder of its credentials file, and its app state. */
export type Place = { home: string; appState: string }

export const CREDENTIALS_FILE = ".credentials.json"
const FOLDER = ".claude"
const STATE = ".claude.json"
const LEGACY_STATE = ".config.json"

/**
 * Where Claude Code 2.1.329 keeps its login in this environment. A `CLAUDE_SECURESTORAGE_CONFIG_DIR`
 * that is set and empty means `~/.claude`, whatever `CLAUDE_CONFIG_DIR` says.
 */
export async function ownPlace(homes: Homes): Promise<Place> {
  const configDir = clientHome(homes, "CLAUDE_CONFIG_DIR", FOLDER)
  const storage =
    homes.env.CLAUDE_SECURESTORAGE_CONFIG_DIR === undefined
      ? configDir
      : clientHome(homes, "CLAUDE_SECURESTORAGE_CONFIG_DIR", FOLDER)
  const isCustom = (homes.env.CLAUDE_CONFIG_DIR ?? "").trim() !== ""
  const state = join(isCustom ? configDir : homes.userHome, STATE)
  return { home: storage, appState: await stateIn(configDir, state) }
}

/**
 * The place that an operator names: a user home (the reference program's meaning), or a
 * configuration folder of Claude's, which holds the credentials file itself or is named `.claude`.
 */
export async function placeAt(dir: string): Promise<Place> {
  const below = join(dir, FOLDER)
  if (await fileExists(join(below, CREDENTIALS_FILE))) return placeOfFolder(below)
  const isFolder = basename(dir) === FOLDER || (await fileExists(join(dir, CREDENTIALS_FILE)))
  return placeOfFolder(isFolder ? dir : below)
}

/** The place whose credentials file stands in this folder. */
export async function placeOfFolder(home: string): Promise<Place> {
  const beside = join(dirname(home), STATE)
  const isDefault = basename(home) === FOLDER && (await fileExists(beside))
  return { home, appState: await stateIn(home, isDefault ? beside : join(home, STATE)) }
}

async function stateIn(configDir: string, state: string): Promise<string> {
  const legacy = join(configDir, LEGACY_STATE)
  return (await fileExists(legacy)) ? legacy : state
}
