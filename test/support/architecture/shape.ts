import { roomOf } from "./ladder.ts"
import { maskSource } from "./mask.ts"
import { lineAt, type Tree, type Violation } from "./tree.ts"

const MAX_LINES = 300
const MAX_CLI_LINES = 60

/** Files that are too long, default exports that no command needs, and tests left out. */
export function shapeViolations(tree: Tree): Violation[] {
  return [...tree].flatMap(([path, source]) => [
    ...tooLong(path, source),
    ...defaultExports(path, source),
    ...leftOut(path, source),
  ])
}

function tooLong(path: string, source: string): Violation[] {
  const lines = source.split("\n").length - 1
  const limit = roomOf(path) === "cli" ? MAX_CLI_LINES : MAX_LINES
  return lines > limit ? [`${path}: ${lines} lines, the limit is ${limit}`] : []
}

function defaultExports(path: string, source: string): Violation[] {
  if (path.startsWith("src/cli/commands/")) return []
  const code = maskSource(source)
  return [...code.matchAll(/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g)].map(
    (match) => `${path}:${lineAt(code, match.index)}: default exports are for cli/commands only`,
  )
}

function leftOut(path: string, source: string): Violation[] {
  if (!path.startsWith("test/")) return []
  const code = maskSource(source)
  const pattern = /\b(test|it|describe)(\.\w+)*\.(skip|skipIf|todo|todoIf|only|if|failing)\b/g
  return [...code.matchAll(pattern)].map(
    (match) => `${path}:${lineAt(code, match.index)}: \`${match[0]}\` leaves a test out`,
  )
}
