import { type Document, EMPTY_DOCUMENT, SCHEMA_VERSION } from "../domain/document.ts"
import type { JsonObject } from "../domain/login.ts"
import { migrateAccounts } from "./migrate-accounts.ts"
import { migrateImports } from "./migrate-imports.ts"
import { migratePins } from "./migrate-pins.ts"
import { without } from "./tree-edits.ts"

/**
 * A 0.1 or 0.2 tree (containers checked) as a 0.2 document, in memory only. It does what the
 * reference's `ensureStateShape` does (aimgr 4404b27) as far as meaning goes: old pins become
 * assignments, old browser hints become bindings, missing containers appear. Unlike it, nothing
 * is dropped that is not taken over, defaults that every reader knows are not written into the
 * file, history is left to its readers to bound, and a missing base fingerprint stays missing
 * (filled from the current credential it would hide local changes). Keys keep their order, and
 * a tree with nothing to migrate is given back as it is.
 */
export function migrate(tree: JsonObject): Document {
  const steps = [ensureContainers, migratePins, migrateAccounts, dropDeadKeys, migrateImports]
  return steps.reduce((document, step) => step(document), tree) as Document
}

function ensureContainers(tree: JsonObject): JsonObject {
  const missing = Object.entries(EMPTY_DOCUMENT).filter(([key]) => !Object.hasOwn(tree, key))
  if (missing.length === 0 && tree.schemaVersion === SCHEMA_VERSION) return tree
  return { ...tree, schemaVersion: SCHEMA_VERSION, ...Object.fromEntries(missing) }
}

/** Keys whose meaning is known to be dead; a `lastReadback` may hold a foreign file's tokens. */
function dropDeadKeys(tree: JsonObject): JsonObject {
  const dead = [
    ["codexCli", "storeMode"],
    ["codexCli", "lastReadback"],
    ["claudeCli", "lastReadback"],
    ["piCli", "lastReadback"],
  ] as const
  return dead.reduce((kept, [target, key]) => without(kept, ["targets", target, key]), tree)
}
