import { asObject } from "../domain/document.ts"
import { asLabel } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { valueAt, withValue } from "./tree-edits.ts"

/**
 * The labels imported from an authority are the union of `labels` and the keys of
 * `labelsByName`: those that only stand in the second are added to the first.
 */
export function migrateImports(tree: JsonObject): JsonObject {
  return ["codex", "anthropic"].reduce(completeLabels, tree)
}

function completeLabels(tree: JsonObject, kind: string): JsonObject {
  const block = ["imports", "authority", kind]
  const listed = valueAt(tree, [...block, "labels"])
  const labels: unknown[] = Array.isArray(listed) ? listed : []
  const named = Object.keys(asObject(valueAt(tree, [...block, "labelsByName"])) ?? {})
  const added = named.filter((name) => asLabel(name) === name && !labels.includes(name))
  return added.length === 0 ? tree : withValue(tree, [...block, "labels"], [...labels, ...added])
}
