import type { Shell } from "../domain/shell.ts"
import bash from "./completions/aim.bash" with { type: "text" }
import fish from "./completions/aim.fish" with { type: "text" }
import zsh from "./completions/aim.zsh" with { type: "text" }

const SCRIPTS: Record<Shell, string> = { bash, zsh, fish }

/** The script that makes a shell complete `aim` and `aimgr`, a line each. */
export function completionScript(shell: Shell): string[] {
  return SCRIPTS[shell].trimEnd().split("\n")
}
