import { failUsage } from "../../system/errors.ts"
import type { Homes } from "../../system/homes.ts"
import { targetsFor } from "../../targets/registry.ts"
import type { Target } from "../../targets/target.ts"

/** The clients that a schedule may name, in the order of a list; the registry says which there are. */
const SCHEDULE_WORDS = ["codex", "claude", "pi", "hermes", "openclaw"] as const

/** The client of that name; stops with `unknown_target` where this aim knows none. */
export function scheduledTarget(homes: Homes, word: string): Target {
  const targets = targetsFor(homes)
  const known = targets.map(({ id }) => id).join(", ")
  const mayCome = SCHEDULE_WORDS.some((each) => each === word)
  return (
    targets.find(({ id }) => id === word) ??
    failUsage(
      "unknown_target",
      mayCome ? `this aim can't watch ${word} yet` : "there is no such client to watch",
      `the clients that can be watched are: ${known}`,
    )
  )
}
