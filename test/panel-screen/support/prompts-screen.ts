import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { cleanEnv } from "../../e2e/support/run-aim.ts"
import { openScreen, type Screen } from "../../support/screen.ts"
import { tempFolder } from "../../support/temp-folder.ts"

const FIXTURE = join(import.meta.dir, "../../fixtures/prompts.ts")
const GOLDEN = join(import.meta.dir, "../golden")

/** A terminal in which `prompts <names>` asks what the fixture of that name can ask. */
export function promptsScreen(
  options: { columns?: number; rows?: number; env?: Readonly<Record<string, string>> } = {},
): Promise<Screen> {
  const base = cleanEnv("/")
  const bin = tempFolder("prompts")
  writeFileSync(join(bin, "prompts"), '#!/bin/sh\nexec $PROMPTS "$@"\n', { mode: 0o755 })
  const env = {
    ...base,
    PATH: `${bin}:${base.PATH}`,
    NO_COLOR: "1",
    PROMPTS: `${process.execPath} ${FIXTURE}`,
    ...options.env,
  }
  return openScreen({ ...options, cwd: import.meta.dir, env })
}

export function golden(name: string): string {
  return join(GOLDEN, `${name}.txt`)
}
