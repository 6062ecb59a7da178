import { join } from "node:path"
import { cleanEnv } from "../../e2e/support/run-aim.ts"
import { openScreen, type Screen } from "../../support/screen.ts"

const FIXTURE = join(import.meta.dir, "../../fixtures/prompts.ts")
const GOLDEN = join(import.meta.dir, "../golden")

/** A terminal in which `prompts <names>` asks what the fixture of that name can ask. */
export async function promptsScreen(
  options: { columns?: number; rows?: number; env?: Readonly<Record<string, string>> } = {},
): Promise<Screen> {
  const env = {
    ...cleanEnv("/"),
    NO_COLOR: "1",
    PROMPTS: `${process.execPath} ${FIXTURE}`,
    ...options.env,
  }
  const screen = await openScreen({ ...options, cwd: import.meta.dir, env })
  await screen.run("prompts() { $PROMPTS $@; }; clear")
  await screen.shows((picture) => picture === "$>")
  return screen
}

export function golden(name: string): string {
  return join(GOLDEN, `${name}.txt`)
}
