/** A path as one word of a shell command that a person may copy. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The command that moves a file aside under its name with `ending`. */
export function setAside(file: string, ending: string): string {
  return shellLine(["mv", file, `${file}.${ending}`])
}

/** A command line that a person may copy. */
export function shellLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(" ")
}
