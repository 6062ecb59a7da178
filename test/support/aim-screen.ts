import { dirname } from "node:path"
import { binaryPath, cleanEnv } from "../e2e/support/run-aim.ts"
import { openScreen, type Screen } from "./screen.ts"
import type { World } from "./world.ts"

/** A terminal in which `aim` is the compiled binary, at home in a world. */
export function aimScreen(
  world: World,
  options: { columns?: number; rows?: number; env?: Readonly<Record<string, string>> } = {},
): Promise<Screen> {
  const base = cleanEnv(world.home)
  const path = `${dirname(binaryPath("release"))}:${base.PATH ?? ""}`
  return openScreen({
    ...options,
    cwd: world.home,
    env: { ...base, ...world.env, PATH: path, ...options.env },
  })
}
