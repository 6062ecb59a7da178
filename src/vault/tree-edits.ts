import { asObject } from "../domain/document.ts"
import type { JsonObject } from "../domain/login.ts"

type Path = readonly string[]

/** The value at a path of objects, or undefined. Inherited keys (`constructor` …) are not seen. */
export function valueAt(tree: unknown, path: Path): unknown {
  let value: unknown = tree
  for (const key of path) {
    const object = asObject(value)
    if (object === null || !Object.hasOwn(object, key)) return undefined
    value = object[key]
  }
  return value
}

/** The tree with the value at a path set; missing objects on the way are made. */
export function withValue(tree: JsonObject, path: Path, value: unknown): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return tree
  const child = asObject(valueAt(tree, [key])) ?? {}
  return { ...tree, [key]: rest.length === 0 ? value : withValue(child, rest, value) }
}

/** The tree without the key at a path; the same tree when it is not there. */
export function without(tree: JsonObject, path: Path): JsonObject {
  const [key, ...rest] = path
  if (key === undefined || !Object.hasOwn(tree, key)) return tree
  if (rest.length === 0) {
    const { [key]: _gone, ...kept } = tree
    return kept
  }
  const child = asObject(tree[key])
  if (child === null) return tree
  const smaller = without(child, rest)
  return smaller === child ? tree : { ...tree, [key]: smaller }
}

/** As {@link without}, if what stands at the path is an object without any key. */
export function withoutEmpty(tree: JsonObject, path: Path): JsonObject {
  const object = asObject(valueAt(tree, path))
  return object !== null && Object.keys(object).length === 0 ? without(tree, path) : tree
}
