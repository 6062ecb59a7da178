import { dirname, join } from "node:path"
import { asObject } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { readText } from "../../system/read-file.ts"

const LARGEST_BYTES = 1_048_576

/** A settings file of Claude Code's own, as far as it can be read; broken ones say nothing here. */
export type Settings = { file: string; env: JsonObject; apiKeyHelper: boolean }

/** The settings of a store's configuration folder: of the user, and of this machine. */
export async function readSettings(store: Store, configDir: string): Promise<Settings[]> {
  const folders = [...new Set([configDir, store.home])]
  const files = folders.flatMap((folder) =>
    ["settings.json", "settings.local.json"].map((name) => join(folder, name)),
  )
  const found: Settings[] = []
  for (const file of files) {
    const tree = await objectAt(file)
    if (tree === null) continue
    const { env, apiKeyHelper } = tree
    const helper = typeof apiKeyHelper === "string" && apiKeyHelper.trim() !== ""
    found.push({ file, env: asObject(env) ?? {}, apiKeyHelper: helper })
  }
  return found
}

/** The configuration folder of a store: where its app state is the legacy one or inside of it. */
export function configDirOf({ home, appState }: Store): string {
  const folder = appState === null ? home : dirname(appState)
  return join(folder, ".claude") === home ? home : folder
}

async function objectAt(file: string): Promise<JsonObject | null> {
  const found = await readText(file, LARGEST_BYTES)
  if (found.kind !== "text") return null
  try {
    return asObject(JSON.parse(found.text))
  } catch {
    return null
  }
}
