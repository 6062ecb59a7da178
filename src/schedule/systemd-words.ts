const PLAIN = /^[\w@:,./+=-]+$/
/** Systemd takes no executable whose path holds one of these, however it is quoted (252). */
const UNFIT_FOR_PROGRAM = /["'\\]/
const THROUGH_SHELL = ["/bin/sh", "-c", 'exec "$0" "$@"'] as const

/** A value for a setting that is taken to the end of its line: only `%` means more than itself. */
function specifierSafe(text: string): string {
  return text.replaceAll("%", "%%")
}

/** One word of a setting that is split into words. */
export function unitWord(text: string): string {
  const word = specifierSafe(text)
  if (PLAIN.test(word)) return word
  return `"${word.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`
}

/**
 * A command line for `ExecStart`. `$` is doubled in all words but the first, which systemd does not
 * expand; a program whose path it would refuse is started by a shell.
 */
export function execLine(argv: readonly string[]): string {
  const [program = "", ...rest] = UNFIT_FOR_PROGRAM.test(argv[0] ?? "")
    ? [...THROUGH_SHELL, ...argv]
    : argv
  return [program, ...rest.map((word) => word.replaceAll("$", "$$$$"))].map(unitWord).join(" ")
}

/** The words of an `ExecStart` that {@link execLine} has written. */
export function readExecLine(line: string): string[] {
  const [program = "", ...rest] = readWords(line)
  const argv = [program, ...rest.map((word) => word.replaceAll("$$", "$"))]
  const through = THROUGH_SHELL.every((word, at) => argv[at] === word)
  return through ? argv.slice(THROUGH_SHELL.length) : argv
}

/** A setting's words, their quotes, escapes and doubled `%` resolved. */
export function readWords(line: string): string[] {
  const words = line.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"']+/g) ?? []
  return words.map((word) => {
    const quoted = /^["']/.test(word) ? word.slice(1, -1) : word
    return quoted.replaceAll(/\\(.)/g, "$1").replaceAll("%%", "%")
  })
}
