/**
 * What a document must hold. A `?` behind a name or type: left out or null where there is nothing to
 * say. `[]` behind a name: a list of what follows. `*`: any name. A type with `|null` may be null in
 * the reference, too; `unknown` beside it marks what aim may not know (a window without a reading, a
 * file that it does not read yet).
 */
export type Shape = string | { readonly [key: string]: Shape }

/** Where a value is not of the shape, a line each: a missing name, a wrong type. */
export function misshapen(value: unknown, shape: Shape, path = "$"): string[] {
  if (typeof shape === "string") return isOf(value, shape) ? [] : [`${path} is no ${shape}`]
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${path} is no object`]
  const members = value as Record<string, unknown>
  return Object.entries(shape).flatMap(([key, inner]) => {
    const [, name = "", list, optional] = /^([^[?]+)(\[\])?(\?)?$/.exec(key) ?? []
    if (name === "*")
      return Object.entries(members).flatMap(([each, item]) =>
        misshapen(item, inner, `${path}.${each}`),
      )
    const item = members[name]
    if (item === undefined && !optional && !isOptional(inner)) return [`${path}.${name} is missing`]
    if (item === undefined || (item === null && optional)) return []
    if (!list) return misshapen(item, inner, `${path}.${name}`)
    if (!Array.isArray(item)) return [`${path}.${name} is no list`]
    return item.flatMap((each, at) => misshapen(each, inner, `${path}.${name}[${at}]`))
  })
}

/** Every place that a shape names, `$.accounts[].label`. */
export function placesOf(shape: Shape, path = "$"): string[] {
  if (typeof shape === "string") return [path]
  return Object.entries(shape).flatMap(([key, inner]) =>
    placesOf(inner, `${path}.${key.replace("?", "")}`),
  )
}

/** The places of a shape where a document holds something, null included. */
export function placesIn(value: unknown, shape: Shape, path = "$"): string[] {
  if (value === undefined) return []
  if (typeof shape === "string") return [path]
  if (typeof value !== "object" || value === null) return []
  const members = value as Record<string, unknown>
  return Object.entries(shape).flatMap(([key, inner]) => {
    const name = key.replace(/[[\]?]/g, "")
    const place = `${path}.${key.replace("?", "")}`
    const items = name === "*" ? Object.values(members) : [members[name]].flat()
    return items.flatMap((item) => placesIn(item, inner, place))
  })
}

function isOptional(shape: Shape): boolean {
  return typeof shape === "string" && shape.endsWith("?")
}

function isOf(value: unknown, type: string): boolean {
  const types = type.replace(/\?$/, "|null").replace("unknown", "null").split("|")
  return types.includes(value === null ? "null" : typeof value)
}
