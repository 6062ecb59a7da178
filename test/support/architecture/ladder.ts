import { importsOf, targetOf } from "./imports.ts"
import type { Tree, Violation } from "./tree.ts"

/** Design §4: a room imports only from itself and from rooms further down. */
export const LADDER = [
  "main",
  "cli",
  "panel",
  "render",
  "operations",
  "simulator",
  "gateway",
  "pool",
  "schedule",
  "authority",
  "browser",
  "targets",
  "providers",
  "ledger",
  "vault",
  "domain",
  "system",
] as const

/** What `domain` may see of `system`: the parts that touch nothing. */
const PURE_SYSTEM = new Set(["secret.ts", "errors.ts", "time.ts", "hash.ts"])

/** The room of `src/<room>/…`, `main` for `src/main.ts`, null for anything else. */
export function roomOf(path: string): string | null {
  if (path === "src/main.ts") return "main"
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null
}

/** Imports that climb the ladder, types and lazy ones included, and files outside every room. */
export function ladderViolations(tree: Tree): Violation[] {
  const rooms: readonly string[] = LADDER
  const found: Violation[] = []
  for (const [path, source] of tree) {
    if (!path.startsWith("src/")) continue
    const rank = rooms.indexOf(roomOf(path) ?? "")
    if (rank < 0) found.push(`${path}: stands in no room of the house`)
    for (const { specifier, line } of importsOf(source)) {
      const target = targetOf(path, specifier)
      if (target === null || rank < 0) continue
      const complaint = complaintAbout(path, target, tree)
      if (complaint !== null) found.push(`${path}:${line}: ${complaint}`)
    }
  }
  return found
}

function complaintAbout(path: string, target: string, tree: Tree): string | null {
  const rooms: readonly string[] = LADDER
  const [from, to] = [roomOf(path) ?? "", roomOf(target) ?? ""]
  // The tree holds TypeScript alone; a text that is imported and not there fails the build.
  if (target.endsWith(".ts") && !tree.has(target)) return `imports ${target}, which does not exist`
  if (rooms.indexOf(to) < rooms.indexOf(from)) return `${from} must not import ${target}`
  if (from === "domain" && to === "system" && !PURE_SYSTEM.has(target.slice("src/system/".length)))
    return `domain is pure and must not import ${target}`
  if (from === "providers" && to === "targets") return `a provider must not know ${target}`
  if (from === "targets" && to === "providers") return `a target must not know ${target}`
  if (to === "simulator" && from !== "simulator" && !/^src\/operations\/demo/.test(path))
    return `only operations/demo and tests may import ${target}`
  return null
}
