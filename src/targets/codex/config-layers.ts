import { join } from "node:path"
import type { Store } from "../../domain/store.ts"
import type { Problem } from "../../system/errors.ts"
import { readText } from "../../system/read-file.ts"

/** One of the files that Codex lays over each other; a later one rules over an earlier one. */
export type Layer = {
  file: string
  /** False for the machine's own files, which the operator may not be able to change. */
  own: boolean
  text: string
  values: Readonly<Record<string, unknown>>
}

export type Layers = {
  /** `config.toml` of the machine, of the home, then the managed one: weakest first. */
  config: Layer[]
  /** The machine's `requirements.toml`, of which Codex 0.169.0 takes the store mode as a must. */
  requirements: Layer | null
  problems: Problem[]
}

const LARGEST_BYTES = 4_194_304
const LONGEST_SEARCH_LINES = 4_000

/**
 * Reads the configuration that Codex CLI 0.169.0 puts together without flags (each run against
 * the binary): `<machine>/config.toml` < `$CODEX_HOME/config.toml` < `<machine>/managed_config.toml`,
 * and `<machine>/requirements.toml` over all. Profile files and project folders depend on how
 * Codex is started and are not looked at. A file that is not TOML stops Codex: a problem.
 * @param machine `/etc/codex`, but for tests
 */
export async function readLayers(store: Store, machine: string): Promise<Layers> {
  const problems: Problem[] = []
  const read = (file: string, own: boolean) => readLayer(file, own, problems)
  const layers = [
    await read(join(machine, "config.toml"), false),
    await read(join(store.home, "config.toml"), true),
    await read(join(machine, "managed_config.toml"), false),
  ]
  const requirements = await read(join(machine, "requirements.toml"), false)
  return { config: layers.filter((layer) => layer !== null), requirements, problems }
}

async function readLayer(file: string, own: boolean, problems: Problem[]): Promise<Layer | null> {
  const found = await readText(file, LARGEST_BYTES)
  if (found.kind === "absent") return null
  if (found.kind === "unreadable") {
    problems.push(invalidConfig(file, `can't be read (${found.why})`))
    return null
  }
  const values = parseToml(found.text)
  if (values !== null) return { file, own, text: found.text, values }
  problems.push(invalidConfig(file, `is not valid TOML${whereBroken(found.text)}`))
  return null
}

/** A configuration that Codex itself would stop at; `what` quotes nothing of the file. */
export function invalidConfig(file: string, what: string): Problem {
  return {
    code: "codex_target_config_invalid",
    message: `${file} ${what}`,
    hint: `correct ${file} (codex login status names the place), then run the command again`,
  }
}

function parseToml(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return Bun.TOML.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

/** The line that the first fault stands on or begins before; Bun's parser does not tell it. */
function whereBroken(text: string): string {
  const lines = text.split("\n")
  if (lines.length > LONGEST_SEARCH_LINES) return ""
  for (let count = lines.length - 1; count >= 0; count -= 1) {
    if (parseToml(lines.slice(0, count).join("\n")) !== null) return ` (from line ${count + 1} on)`
  }
  return ""
}
