import { type Document, SCHEMA_VERSION } from "../domain/document.ts"
import type { JsonObject } from "../domain/login.ts"
import { seal, unseal } from "../system/secret.ts"
import { findJsonFault, type JsonFault } from "./json-fault.ts"
import { migrate } from "./migrate.ts"
import { judgeSchema } from "./schema-version.ts"
import { findShapeFault, isObject } from "./shape.ts"
import { convertUnversioned, isUnversioned } from "./unversioned.ts"

/**
 * The largest state file that is read or written. Thirty labels with a full history are about
 * 200 KB; 16 MiB leaves room for thousands of quarantined pairs, and is read in a fraction of a
 * second, so that a file blown up by accident never stalls the timer or the machine's memory.
 */
export const LARGEST_STATE = 16 * 1024 * 1024

/** Names of agents and homes are keys here, and a name may be `access`; no token stands in them. */
const HOLDS_NAMES: ReadonlySet<string> = new Set(["targets", "pool"])
const DEEPEST = 200

/** Why a text is not taken for a state file: a code, and a sentence that goes on after its name. */
export type Refusal = { kind: "refused"; code: string; what: string }

export type ParsedState = {
  kind: "state"
  /** Migrated to schema 0.2 in memory, tokens sealed. */
  document: Document
  /** The file's own tree, not migrated; the same object as `document` when nothing was to do. */
  original: JsonObject
}

/**
 * Reads the text of a state file. A byte-order mark is passed over (and gone with the next
 * write). Nothing of the text is kept but the tree, and nothing of it stands in a refusal.
 */
export function parseState(text: string): ParsedState | Refusal {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text
  if (body.trim() === "") return refused("state_empty", "is empty")
  let open: unknown
  let tree: unknown
  try {
    open = JSON.parse(body)
    tree = sealTokens(open)
  } catch {
    return faulty(findJsonFault(body))
  }
  if (!isObject(tree)) return refused("state_not_object", `holds ${kindOf(tree)}, not an object`)
  const original = tree as JsonObject
  const version = refuseVersion(original)
  if (version !== null) return version
  // What aim writes has no equal keys; only another layout is looked through.
  const fault = layOut(open) === body ? null : findJsonFault(body)
  if (fault !== null) return faulty(fault)
  const oldest = isUnversioned(original)
  // The oldest format's accounts may hold anything: its conversion sorts them.
  const shape = findShapeFault(oldest ? { ...original, accounts: {} } : original)
  if (shape !== null) return refused("state_wrong_type", `can't be used: ${shape}`)
  const document = migrate(oldest ? convertUnversioned(original) : original)
  return { kind: "state", document, original }
}

function sealTokens(open: unknown): unknown {
  if (!isObject(open)) return seal(open)
  const tree: Record<string, unknown> = Object.create(null)
  for (const [key, value] of Object.entries(open)) {
    tree[key] = HOLDS_NAMES.has(key) ? guarded(value) : seal(value)
  }
  return tree
}

/** A copy as `seal` makes it (own keys alone, bounded depth), with every string as it is. */
function guarded(value: unknown, depth = 1): unknown {
  if (depth > DEEPEST) throw new RangeError("nested too deeply")
  if (Array.isArray(value)) return value.map((item) => guarded(item, depth + 1))
  if (!isObject(value)) return value
  const copy: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value)) copy[key] = guarded(item, depth + 1)
  return copy
}

/**
 * The text of a state file: 2-space JSON and a newline, as the reference writes it, tokens open.
 * For the vault's own file only.
 */
export function serialise(document: JsonObject): string {
  return layOut(unseal(document))
}

function layOut(open: unknown): string {
  return `${JSON.stringify(open, null, 2)}\n`
}

function refuseVersion(tree: JsonObject): Refusal | null {
  switch (judgeSchema(tree.schemaVersion)) {
    case "known":
      return null
    case "newer":
      return refused("state_newer", `has a newer schema than this aim knows (${SCHEMA_VERSION})`)
    case "unversioned":
      return isUnversioned(tree)
        ? null
        : refused("state_unversioned", "has neither a `schemaVersion` nor `accounts`")
    case "unknown":
      return refused("state_unknown_schema", "has a `schemaVersion` that aim does not know")
  }
}

function faulty(fault: JsonFault | null): Refusal {
  const place = fault === null ? "" : ` (line ${fault.line}, column ${fault.column})`
  if (fault?.why === "duplicate_key")
    return refused("state_duplicate_key", `has the same key twice in one object${place}`)
  if (fault?.why === "too_deep") return refused("state_too_deep", `is nested too deeply${place}`)
  return refused("state_broken", `is not valid JSON${place}`)
}

function refused(code: string, what: string): Refusal {
  return { kind: "refused", code, what }
}

function kindOf(value: unknown): string {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  return typeof value === "string" ? "a text" : `a ${typeof value}`
}
