import { posix } from "node:path"
import { maskSource } from "./mask.ts"
import type { Tree } from "./tree.ts"

/** `lazy` is an `import()`: it can't close a circle at load time, but it still points somewhere. */
export type Import = { specifier: string; kind: "value" | "type" | "lazy"; line: number }

const STATEMENT = /\b(?:import|export)\b\s*(type\b(?!\s*from\b|\s*,))?[^"'`;()=]*?\bfrom\s*["']/g
const BARE = /\bimport\s*["']/g
const CALL = /\bimport\s*\(\s*(["'`])/g

/** Every import and re-export of a source, found in its code and not in its prose. */
export function importsOf(source: string): Import[] {
  const masked = maskSource(source)
  const found: Import[] = []
  const add = (match: RegExpMatchArray, kind: Import["kind"]) => {
    const start = (match.index ?? 0) + match[0].length
    const end = source.slice(start).search(/["'`]/)
    const line = source.slice(0, start).split("\n").length
    found.push({ specifier: source.slice(start, start + end), kind, line })
  }
  for (const match of masked.matchAll(STATEMENT)) add(match, match[1] ? "type" : "value")
  for (const match of masked.matchAll(BARE)) add(match, "value")
  for (const match of masked.matchAll(CALL)) add(match, "lazy")
  return found
}

/** The file that a relative import means, as a path from the root; null for a package. */
export function targetOf(from: string, specifier: string): string | null {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : null
}

/** The sources of `tree` that are loaded with the one at `path`. */
export function valueImports(tree: Tree, path: string): string[] {
  return importsOf(tree.get(path) ?? "")
    .filter(({ kind }) => kind === "value")
    .map(({ specifier }) => targetOf(path, specifier))
    .filter((target): target is string => target !== null && tree.has(target))
}
