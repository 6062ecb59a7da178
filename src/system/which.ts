import { join } from "node:path"
import type { Homes } from "./homes.ts"

/**
 * Where a program stands that a shell of this user would start: on PATH, else in `~/.local/bin`,
 * where installers put things before a shell knows of it. It is not started. Null where it is not.
 */
export function findProgram(homes: Homes, name: string): string | null {
  const path = [homes.env.PATH ?? "", join(homes.userHome, ".local", "bin")].filter(Boolean)
  return Bun.which(name, { PATH: path.join(":"), cwd: homes.cwd })
}
