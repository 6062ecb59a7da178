/** A command line as far as it is typed: the whole words, and the beginning of the next. */
export type Typed = { before: readonly string[]; current: string }

/**
 * Bash's line up to the cursor, the program's name first, cut into words as bash does it: bash
 * itself would hand them over with their quotes on, and cut `--flag=value` in two. Nothing in it
 * is expanded or run.
 */
export function typedInBash(line: string): Typed {
  const words: string[] = []
  let word: string | null = null
  let quote = ""
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? ""
    const escapes = quote === "" || (quote === '"' && /["\\$`]/.test(line[at + 1] ?? ""))
    if (char === "\\" && escapes) word = (word ?? "") + (line[++at] ?? "")
    else if (char === quote) quote = ""
    else if (quote === "" && (char === '"' || char === "'")) {
      quote = char
      word ??= ""
    } else if (quote === "" && /\s/.test(char)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? "") + char
  }
  return { before: words.slice(1), current: word ?? "" }
}
