/** A unit as systemd reads it (systemd.syntax): sections and their settings, in order. */
export function parseUnit(text: string): Map<string, [name: string, value: string][]> {
  const sections = new Map<string, [string, string][]>()
  let section: [string, string][] = []
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    const head = /^\[(.+)\]$/.exec(line)?.[1]
    if (head !== undefined) {
      section = []
      sections.set(head, section)
    } else if (line.trim() !== "" && !/^[#;]/.test(line)) {
      const at = line.indexOf("=")
      if (at < 0) throw new Error(`no setting: ${line}`)
      section.push([line.slice(0, at).trim(), line.slice(at + 1).trim()])
    }
  }
  return sections
}

/** Words split, unquoted and unescaped letter by letter, then their specifiers resolved. */
export function unitWords(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quote = ""
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] ?? ""
    if (letter === "\\") word = (word ?? "") + escaped(line[++at] ?? "")
    else if (quote !== "") {
      if (letter === quote) quote = ""
      else word = (word ?? "") + letter
    } else if (letter === '"' || letter === "'") {
      quote = letter
      word = word ?? ""
    } else if (letter !== " ") word = (word ?? "") + letter
    else if (word !== null) {
      words.push(word)
      word = null
    }
  }
  if (quote !== "") throw new Error(`a quote is open: ${line}`)
  if (word !== null) words.push(word)
  return words.map(resolved)
}

/** What a service starts and in which environment, `$` expanded as systemd expands it. */
export function commandOf(service: string): {
  argv: string[]
  env: Record<string, string>
  cwd: string
  user: string | null
} {
  const settings = parseUnit(service).get("Service") ?? []
  const all = (name: string) => settings.filter(([key]) => key === name).map(([, value]) => value)
  const [program = "", ...rest] = unitWords(all("ExecStart").at(-1) ?? "")
  const pairs = all("Environment").flatMap(unitWords)
  return {
    argv: [program, ...rest.map(withoutVariables)],
    env: Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
    cwd: all("WorkingDirectory").at(-1) ?? "/",
    user: all("User").at(-1) ?? null,
  }
}

function escaped(letter: string): string {
  if (letter === "\\" || letter === '"' || letter === "'") return letter
  throw new Error(`an escape that nobody wrote: \\${letter}`)
}

function resolved(word: string): string {
  if (/%(?!%)/.test(word.replaceAll("%%", ""))) throw new Error(`a specifier: ${word}`)
  return word.replaceAll("%%", "%")
}

function withoutVariables(word: string): string {
  if (/\$/.test(word.replaceAll("$$", ""))) throw new Error(`a variable: ${word}`)
  return word.replaceAll("$$", "$")
}
