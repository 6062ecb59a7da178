import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"

/** Sources by their path from the root, such as `src/domain/label.ts`. */
export type Tree = ReadonlyMap<string, string>

/** What a rule found: the place and what is wrong with it, as a developer reads it. */
export type Violation = string

/** Reads every TypeScript source below the given folders of `root`. */
export function readTree(root: string, folders: readonly string[]): Tree {
  const tree = new Map<string, string>()
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isFile() || !path.endsWith(".ts") || path.includes("node_modules")) continue
      tree.set(relative(root, path), readFileSync(path, "utf8"))
    }
  }
  return tree
}

/** The line that an offset of a text lies on, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length
}
