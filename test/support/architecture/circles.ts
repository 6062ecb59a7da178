import { valueImports } from "./imports.ts"
import type { Tree, Violation } from "./tree.ts"

/** Circles of value imports, each named once by the files on it. */
export function circleViolations(tree: Tree): Violation[] {
  const done = new Set<string>()
  const found = new Map<string, Violation>()
  const visit = (path: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(path)
    if (seenAt >= 0) {
      const circle = trail.slice(seenAt)
      found.set([...circle].sort().join(), `circle: ${[...circle, path].join(" -> ")}`)
      return
    }
    if (done.has(path)) return
    for (const next of valueImports(tree, path)) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of tree.keys()) visit(path, [])
  return [...found.values()]
}
