import * as v from "valibot"

// What the schemas of aim's own documents have in common. They describe what aim writes: nothing
// is checked with them while a command runs, and only `aim schema` ever loads them.

/** An ISO 8601 time in UTC. */
export const time = v.pipe(v.string(), v.isoTimestamp())
export const text = v.string()
export const whole = v.pipe(v.number(), v.integer())
export const textOrNull = v.nullable(v.string())
export const timeOrNull = v.nullable(time)
export const numberOrNull = v.nullable(v.number())
export const flagOrNull = v.nullable(v.boolean())
/** An object of another's making: a stored receipt, an entry of the reference program. */
export const anyObject = v.record(v.string(), v.unknown())

/** The schema with a line on what the value means; its type stays what it is. */
export function said<const T extends v.GenericSchema>(schema: T, what: string) {
  return v.pipe(schema, v.description(what))
}
