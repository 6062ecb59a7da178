/**
 * A TypeScript source with comments, strings, templates and regular expressions blanked out (same
 * length, same lines), so that a rule about code can't be tripped by prose. Code inside `${}` of
 * a template stays.
 */
export function maskSource(source: string): string {
  const out = source.split("")
  const templates: number[] = []
  let at = 0
  let last = ""
  const blank = (from: number, to: number) => {
    for (let index = from; index < to; index++) if (out[index] !== "\n") out[index] = " "
  }
  const template = (from: number) => {
    let index = from
    while (index < source.length && source[index] !== "`") {
      if (source[index] === "\\") index++
      else if (source.startsWith("${", index)) {
        blank(from, index)
        templates.push(0)
        return index + 2
      }
      index++
    }
    blank(from, index)
    return index + 1
  }
  while (at < source.length) {
    const char = source[at] ?? ""
    const depth = templates.length - 1
    if (source.startsWith("//", at)) {
      const end = endOf(source, at, "\n")
      blank(at, end)
      at = end
      continue
    }
    if (source.startsWith("/*", at)) {
      const end = endOf(source, at + 2, "*/") + 2
      blank(at, end)
      at = end
      continue
    }
    if (char === '"' || char === "'") {
      const end = endOfQuoted(source, at + 1, char)
      blank(at + 1, end)
      at = end + 1
    } else if (char === "`") at = template(at + 1)
    else if (char === "/" && startsRegExp(last)) {
      const end = endOfRegExp(source, at + 1)
      blank(at + 1, end)
      at = end + 1
    } else if (char === "}" && templates[depth] === 0) {
      templates.pop()
      at = template(at + 1)
    } else {
      if (depth >= 0 && char === "{") templates[depth] = (templates[depth] ?? 0) + 1
      if (depth >= 0 && char === "}") templates[depth] = (templates[depth] ?? 0) - 1
      at++
    }
    if (char.trim() !== "") last = /^\w+$/.test(source.slice(at - 2, at)) ? last + char : char
  }
  return out.join("")
}

function endOf(source: string, from: number, mark: string): number {
  const end = source.indexOf(mark, from)
  return end < 0 ? source.length : end
}

function endOfQuoted(source: string, from: number, quote: string): number {
  let index = from
  while (index < source.length && source[index] !== quote) index += source[index] === "\\" ? 2 : 1
  return index
}

/** After a value a slash divides; after an operator, a bracket or a keyword it opens a pattern. */
function startsRegExp(last: string): boolean {
  return /^(|[(,=:[!&|?{};+<>%~^*-]|return|typeof|case|in|of|await)$/.test(last)
}

function endOfRegExp(source: string, from: number): number {
  let index = from
  let inClass = false
  while (index < source.length && source[index] !== "\n") {
    const char = source[index]
    if (char === "\\") index++
    else if (char === "[") inClass = true
    else if (char === "]") inClass = false
    else if (char === "/" && !inClass) return index
    index++
  }
  return index
}
