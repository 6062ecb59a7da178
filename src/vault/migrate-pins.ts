import { asLabel } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { valueAt, without, withoutEmpty, withValue } from "./tree-edits.ts"

const OLDEST_PINS = ["pins", "openclaw"]
const OLD_PINS = ["targets", "openclaw", "pins"]
const ASSIGNMENTS = ["targets", "openclaw", "assignments"]

/**
 * Pins of old files (agent to label) become assignments where the agent has none. One whose label
 * can't be a label stays where it was: the reference throws there, and no command works any more.
 */
export function migratePins(tree: JsonObject): JsonObject {
  const moved = movePins(movePins(tree, OLDEST_PINS), OLD_PINS)
  return withoutEmpty(moved, ["pins"])
}

function movePins(tree: JsonObject, from: readonly string[]): JsonObject {
  const pins = valueAt(tree, from)
  if (typeof pins !== "object" || pins === null || Array.isArray(pins)) return tree
  let result = tree
  for (const [agent, pinned] of Object.entries(pins)) {
    const label = typeof pinned === "string" ? asLabel(pinned) : null
    if (label === null) continue
    if (valueAt(result, [...ASSIGNMENTS, agent]) === undefined)
      result = withValue(result, [...ASSIGNMENTS, agent], label)
    result = without(result, [...from, agent])
  }
  return withoutEmpty(result, from)
}
