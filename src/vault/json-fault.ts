/** Where a JSON text goes wrong; both counted from 1, in UTF-16 units. Never what stands there. */
export type JsonFault = {
  why: "syntax" | "duplicate_key" | "too_deep"
  line: number
  column: number
}

/** As deep as `seal` in system/secret.ts goes. */
const DEEPEST = 200
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const LITERAL = /true|false|null/y
const SPACE = /[ \t\r\n]*/y

/**
 * The first fault of a JSON text, or null when there is none. `JSON.parse` tells no place, quotes
 * the text in its messages and silently keeps the last of two equal keys; here two equal keys of
 * one object are a fault, because the first one's value would be lost by the next write.
 */
export function findJsonFault(text: string): JsonFault | null {
  let at = 0

  /** Steps over the pattern, if it stands here. */
  function skip(pattern: RegExp): boolean {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }

  function take(character: string): boolean {
    skip(SPACE)
    if (text[at] !== character) return false
    at += 1
    skip(SPACE)
    return true
  }

  function expect(ok: boolean): void {
    if (!ok) throw faultAt(text, at, "syntax")
  }

  function value(depth: number): void {
    if (depth > DEEPEST) throw faultAt(text, at, "too_deep")
    skip(SPACE)
    if (take("{")) object(depth)
    else if (take("[")) list(depth)
    else expect(skip(STRING) || skip(NUMBER) || skip(LITERAL))
    skip(SPACE)
  }

  function list(depth: number): void {
    if (take("]")) return
    do value(depth + 1)
    while (take(","))
    expect(take("]"))
  }

  function object(depth: number): void {
    if (take("}")) return
    const keys = new Set<string>()
    do {
      const start = at
      expect(skip(STRING))
      const key: string = JSON.parse(text.slice(start, at))
      if (keys.has(key)) throw faultAt(text, start, "duplicate_key")
      keys.add(key)
      expect(take(":"))
      value(depth + 1)
    } while (take(","))
    expect(take("}"))
  }

  try {
    value(0)
    expect(at === text.length)
    return null
  } catch (fault) {
    return fault as JsonFault
  }
}

function faultAt(text: string, at: number, why: JsonFault["why"]): JsonFault {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf("\n") + 1
  return { why, line: before.split("\n").length, column: at - lineStart + 1 }
}
