import { asObject, type Document } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"

/** The blocks that say what a client's home holds: facts of today, where assignments are settings. */
const CLIENTS = ["codexCli", "claudeCli", "piCli"]

/**
 * The `targets` of a restored file: settings as the backup has them; of each client what the
 * present file knows of its homes, each label under the name that it has from now on (null: none).
 * What was begun before the backup and never finished (its intents) does not come back.
 */
export function restoredTargets(
  backup: Document,
  present: Document | null,
  nameOf: (label: Label) => Label | null,
): Document["targets"] {
  const targets: Record<string, JsonObject> = { ...backup.targets }
  for (const client of CLIENTS) {
    const {
      switchIntent: _begun,
      pruneIntents: _too,
      orphanedLogins: _left,
      ...old
    } = asObject(backup.targets[client]) ?? {}
    const now = asObject(present?.targets[client])
    if (now !== null) targets[client] = renamed(now, asObject(old.sourceHomes) ?? {}, nameOf)
    else if (targets[client] !== undefined) targets[client] = old
  }
  return targets
}

function renamed(
  block: JsonObject,
  oldHomes: JsonObject,
  nameOf: (label: Label) => Label | null,
): JsonObject {
  const result: Record<string, unknown> = { ...block }
  const active = typeof block.activeLabel === "string" ? nameOf(block.activeLabel) : null
  if (active !== null) result.activeLabel = active
  else {
    delete result.activeLabel
    delete result.expectedAccountId
  }
  const intent = asObject(block.switchIntent)
  const intended = typeof intent?.label === "string" ? nameOf(intent.label) : null
  if (intended !== null) result.switchIntent = { ...intent, label: intended }
  else delete result.switchIntent
  const homes = { ...oldHomes, ...homesOf(block, nameOf) }
  if (Object.keys(homes).length > 0 || block.sourceHomes !== undefined) result.sourceHomes = homes
  return result
}

function homesOf(block: JsonObject, nameOf: (label: Label) => Label | null): JsonObject {
  const homes = Object.entries(asObject(block.sourceHomes) ?? {})
  return Object.fromEntries(
    homes.flatMap(([dir, entry]) => {
      const label = asObject(entry)?.label
      const name = typeof label === "string" ? nameOf(label) : null
      return name === null ? [] : [[dir, { ...asObject(entry), label: name }]]
    }),
  )
}
