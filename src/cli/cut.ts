/** A command line cut at its first bare `--`: behind it nothing is a flag or a command of aim. */
export type CommandLine = { before: readonly string[]; after: readonly string[] }

export function cutAtDashes(argv: readonly string[]): CommandLine {
  const at = argv.indexOf("--")
  if (at < 0) return { before: argv, after: [] }
  return { before: argv.slice(0, at), after: argv.slice(at + 1) }
}
