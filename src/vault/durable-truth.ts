import type { JsonObject } from "../domain/login.ts"
import { Secret } from "../system/secret.ts"

/** What can be had again or is bounded: receipts, assignments, demand, history. */
const DERIVED = new Set(["targets", "pool"])

/**
 * True when two trees differ in what only the vault knows: accounts, credentials, imports,
 * quarantine, the schema, and every key that aim does not understand. That is what is backed up.
 */
export function durableTruthDiffers(before: JsonObject, after: JsonObject): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].some((key) => !DERIVED.has(key) && !sameTree(before[key], after[key]))
}

/** Equal content; the order of keys does not count. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Secret) return b instanceof Secret && a.equals(b)
  if (b instanceof Secret) return false
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [mine, theirs] = [a as JsonObject, b as JsonObject]
  const keys = Object.keys(mine)
  return (
    keys.length === Object.keys(theirs).length &&
    keys.every((key) => Object.hasOwn(theirs, key) && sameTree(mine[key], theirs[key]))
  )
}
