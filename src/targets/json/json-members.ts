/** Where one member of a JSON object stands in its text: offsets, the value's end exclusive. */
export type Member = { key: string; keyStart: number; keyEnd: number; start: number; end: number }

/** The members of a JSON object in the order of the text, duplicates included. */
export type Members = { open: number; close: number; members: Member[] }

/**
 * Finds the members of the object that begins at `from`, without looking into their values: so
 * that one value can be replaced and every other byte of a foreign file stays. The text must be
 * valid JSON; null when no object begins there.
 */
export function membersOf(text: string, from = 0): Members | null {
  const open = skipBlanks(text, from)
  if (text[open] !== "{") return null
  const members: Member[] = []
  let at = skipBlanks(text, open + 1)
  while (text[at] === '"') {
    const keyStart = at
    const keyEnd = endOfText(text, keyStart)
    const start = skipBlanks(text, skipBlanks(text, keyEnd) + 1)
    const end = endOfValue(text, start)
    members.push({ key: nameOf(text.slice(keyStart, keyEnd)), keyStart, keyEnd, start, end })
    at = skipBlanks(text, end)
    if (text[at] === ",") at = skipBlanks(text, at + 1)
  }
  return { open, close: at, members }
}

/** True when a key of this object stands in it twice: readers then differ in which one they take. */
export function hasDuplicate(found: Members, keys: readonly string[]): boolean {
  return keys.some((key) => found.members.filter((member) => member.key === key).length > 1)
}

function nameOf(quoted: string): string {
  const name: unknown = JSON.parse(quoted)
  return typeof name === "string" ? name : ""
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1
  return at
}

function endOfText(text: string, quote: number): number {
  let end = text.indexOf('"', quote + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end + 1
}

/** An odd number of backslashes takes the sign after them for itself. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === "\\") before -= 1
  return (at - before) % 2 === 1
}

function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfText(text, from)
  if (text[from] !== "{" && text[from] !== "[") return next(text, from, AFTER_WORD)
  let depth = 0
  let at = from
  while (at < text.length) {
    const sign = text[at]
    if (sign === '"') at = endOfText(text, at)
    else {
      depth += sign === "{" || sign === "[" ? 1 : -1
      at += 1
      if (depth === 0) return at
    }
    at = next(text, at, SIGN)
  }
  return at
}

/** What ends a number or a word, and what counts on the way through an object or a list. */
const AFTER_WORD = /[,}\] \t\r\n]/g
const SIGN = /["{}[\]]/g

/** Tokens are long: looked through by the engine, not sign by sign. */
function next(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}
