import type { Shell } from "../domain/shell.ts"
import type { Candidate } from "../operations/known-values.ts"
import { plain } from "./layout/plain.ts"

/**
 * The answer to a completion script: its first line says what follows. `words` has a line for each;
 * with `dirs` and `files` the shell completes the path itself, as it does elsewhere. No line at all
 * means that nothing can stand there. Zsh and fish compare with what is typed by their own rules;
 * for bash only what goes on from `current` is named.
 */
export function completionLines(
  shell: Shell,
  answer: "dirs" | "files" | readonly Candidate[],
  current: string,
): string[] {
  if (typeof answer === "string") return [answer]
  const told = shell === "bash" ? answer.filter(({ value }) => value.startsWith(current)) : answer
  return told.length === 0 ? [] : ["words", ...told.map(LINE[shell])]
}

const LINE: Record<Shell, (candidate: Candidate) => string> = {
  bash: ({ value }) => value,
  zsh: ({ value, note }) => `${value.replace(/[\\:]/g, "\\$&")}:${plain(note)}`,
  fish: ({ value, note }) => `${value}\t${plain(note)}`,
}
