import { maskSource } from "./mask.ts"
import { lineAt } from "./tree.ts"

/** A text in a source, as it stands there; each `${…}` of a template is `<…>`. */
export type Literal = { line: number; text: string }

/** Every string and template of a TypeScript source, those inside a template's code too. */
export function literalsOf(source: string): Literal[] {
  const code = maskSource(source)
  const found: Literal[] = []
  walk(0, code.length)
  return found

  function walk(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const char = code[at]
      if (char === "`") at = template(at + 1)
      if (char !== '"' && char !== "'") continue
      const end = code.indexOf(char, at + 1)
      add(at, source.slice(at + 1, end))
      at = end
    }
  }

  /** Reads from behind a backtick; gives where its partner stands. */
  function template(start: number): number {
    let text = ""
    let at = start
    while (code[at] !== "`") {
      if (code.startsWith("${", at)) {
        const end = endOfCode(at + 2)
        walk(at + 2, end)
        text += "<…>"
        at = end + 1
      } else text += source[at++]
    }
    add(start, text)
    return at
  }

  /** Where the brace stands that ends a template's piece of code. */
  function endOfCode(start: number): number {
    let depth = 0
    for (let at = start; ; at++) {
      if (code[at] === "`") at = endOfTemplate(at + 1)
      else if (code[at] === "{") depth++
      else if (code[at] === "}" && depth-- === 0) return at
    }
  }

  function endOfTemplate(start: number): number {
    let at = start
    while (code[at] !== "`") at = code.startsWith("${", at) ? endOfCode(at + 2) + 1 : at + 1
    return at
  }

  function add(at: number, text: string): void {
    found.push({ line: lineAt(source, at), text: text.replaceAll("\\`", "`") })
  }
}
