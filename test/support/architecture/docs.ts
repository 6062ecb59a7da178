import { lineAt, type Tree, type Violation } from "./tree.ts"

/** An exported function as it is declared, with the docstring right above it, if there is one. */
const DECLARED = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?^export (?:async )?function\*? (\w+)/gm

/** A function of more lines than this says more than its name and types do. */
const PLAIN_LINES = 10

/**
 * Docstrings that say nothing where they are read: an editor shows one alone, so that `The same`
 * points at nothing; and functions that are too long to go without one.
 */
export function docViolations(tree: Tree): Violation[] {
  return [...tree].flatMap(([path, source]) =>
    path.startsWith("src/")
      ? [...source.matchAll(DECLARED)].flatMap((found) => {
          const complaint = complaintAbout(source, found)
          return complaint === null ? [] : [`${path}:${lineAt(source, found.index)}: ${complaint}`]
        })
      : [],
  )
}

function complaintAbout(source: string, { 0: all, 1: doc, 2: name, index }: RegExpExecArray) {
  if (doc === undefined) {
    const lines = linesOf(source.slice(index + all.length))
    return lines > PLAIN_LINES ? `\`${name}\` has ${lines} lines and no docstring` : null
  }
  const said = doc.replace(/^[\s/*]+/, "")
  const points = /^the same(,| (as|at|but|for|from|of|where)\b(?! \{@link))/i.test(said)
  return points ? `\`${name}\` says: the same as what?` : null
}

/** The lines of a declaration, up to the brace that closes it at the margin. */
function linesOf(rest: string): number {
  const end = rest.search(/^\}/m)
  return rest.slice(0, end < 0 ? rest.length : end).split("\n").length
}
