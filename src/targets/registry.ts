import type { Homes } from "../system/homes.ts"
import { claudeTarget } from "./claude/claude-target.ts"
import { codexTarget } from "./codex/codex-target.ts"
import { piTarget } from "./pi/pi-target.ts"
import type { Target } from "./target.ts"

/** Every client that aim writes, one line each, for the homes of one command. */
export function targetsFor(homes: Homes): Target[] {
  return [codexTarget(homes), claudeTarget(homes), piTarget(homes)]
}
