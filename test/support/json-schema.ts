import Ajv, { type ValidateFunction } from "ajv/dist/2020"

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown }
type Members = Record<string, unknown>

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const STRICT = { strict: true, strictTypes: true, formats: { "date-time": TIME } }

const compiled = new WeakMap<Schema, ValidateFunction>()

/** What is wrong with a document by a JSON Schema, a line each; ajv is strict about the schema too. */
export function faultsOf(schema: Schema, document: unknown): string[] {
  const validate = compiled.get(schema) ?? new Ajv(STRICT).compile(schema)
  compiled.set(schema, validate)
  if (validate(document)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** The schema with every object closed to names that it does not know, but for some of its `$defs`. */
export function closed(schema: Schema, open: readonly string[]): Schema {
  const close = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(close)
    if (typeof part !== "object" || part === null) return part
    const inner = Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, close(value)]),
    )
    const isClosable = isMembers(inner.properties) && inner.type === "object"
    return isClosable ? { additionalProperties: false, ...inner } : inner
  }
  const { $defs, ...rest } = schema
  const defs = Object.entries(isMembers($defs) ? $defs : {}).map(([name, part]) => [
    name,
    open.includes(name) ? part : close(part),
  ])
  return { ...(close(rest) as Schema), $defs: Object.fromEntries(defs) }
}

/**
 * The document with one thing wrong, for every place that the schema knows: a name that must be
 * there left out, a value of another type.
 */
export function mutations(
  schema: Schema,
  document: unknown,
): { what: string; document: unknown }[] {
  const found: { what: string; document: unknown }[] = []
  const visit = (part: Schema, value: unknown, path: readonly (string | number)[]) => {
    const known = branchOf(schema, part, value)
    const wrong = wrongValue(schema, part)
    if (path.length > 0 && wrong !== undefined) {
      found.push({
        what: `${path.join(".")} is of another type`,
        document: put(document, path, wrong),
      })
    }
    if (Array.isArray(value) && isMembers(known.items)) {
      for (const [at, item] of value.entries()) visit(known.items, item, [...path, at])
    }
    if (!isMembers(value)) return
    const properties = isMembers(known.properties) ? known.properties : {}
    const required = Array.isArray(known.required) ? known.required : []
    for (const [name, item] of Object.entries(value)) {
      const inner = properties[name] ?? known.additionalProperties
      if (required.includes(name))
        found.push({
          what: `${[...path, name].join(".")} is missing`,
          document: put(document, [...path, name]),
        })
      if (isMembers(inner)) visit(inner, item, [...path, name])
    }
  }
  visit(schema, document, [])
  return found
}

/** The part behind a reference, and of several the one that the value is of. */
function branchOf(root: Schema, part: Schema, value: unknown): Schema {
  if (typeof part.$ref === "string") {
    const defs = isMembers(root.$defs) ? root.$defs : {}
    const found = defs[part.$ref.replace("#/$defs/", "")]
    return isMembers(found) ? branchOf(root, found, value) : part
  }
  if (!Array.isArray(part.anyOf)) return part
  const [first, second] = part.anyOf
  const isNullable = part.anyOf.length === 2 && second.type === "null"
  if (isNullable) return value === null ? second : branchOf(root, first, value)
  const branch = part.anyOf.find((each) => faultsOf(withDefs(root, each), value).length === 0)
  return isMembers(branch) ? branchOf(root, branch, value) : part
}

const whole = new WeakMap<Schema, Schema>()

/** A part as a schema of its own, the same one each time. */
function withDefs({ $defs = {} }: Schema, part: Schema): Schema {
  const found = whole.get(part) ?? { ...part, $defs }
  whole.set(part, found)
  return found
}

/** A value that the part has no type for; undefined where it takes anything. */
function wrongValue(root: Schema, part: Schema): unknown {
  const types = typesOf(root, part)
  if (types.includes("anything")) return undefined
  if (!types.includes("string")) return "a text"
  return types.includes("object") ? 0.5 : { an: "object" }
}

/** Every type that a value may be of; one of a list of words counts as a text. */
function typesOf(root: Schema, part: Schema): unknown[] {
  if (typeof part.$ref === "string" || Array.isArray(part.anyOf)) {
    const branches = Array.isArray(part.anyOf) ? part.anyOf : [branchOf(root, part, undefined)]
    return branches.flatMap((each) => typesOf(root, each))
  }
  if (part.const !== undefined || part.enum !== undefined) return ["string"]
  return part.type === undefined ? ["anything"] : [part.type].flat()
}

/** A copy with the value at a path replaced, or left out where none is given. */
function put(document: unknown, path: readonly (string | number)[], value?: unknown): unknown {
  const copy = structuredClone(document)
  let at = copy as Members
  for (const key of path.slice(0, -1)) at = at[key] as Members
  const last = path.at(-1) ?? ""
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
