import type { SshLocator } from "./locator.ts"
import { DEFAULT_REMOTE_PATH, quoted, remoteWord } from "./remote-path.ts"

/** With what the script ends where it started nothing: no aim there, or only another program. */
export const NO_AIM = 90
export const FOREIGN_AIM = 91
export const REFERENCE_AIM = 92

/**
 * Looks for aim where a shell that nobody logged in to finds it, and where installers put it, and
 * asks each for its version: the reference program (aimgr 4404b27) answers that it knows no such
 * option, before it reads anything, and any other program of this name something else. Single
 * quotes, backslashes, `!` and line ends are missing on purpose: the login's shell may be any.
 */
const SEEK = [
  'for p in "$(command -v aim 2>/dev/null)" "$HOME/.local/bin/aim"; do',
  'if test -x "$p"; then',
  'case "$("$p" --version </dev/null 2>&1)" in',
  'aim?[0-9]*) exec "$p" "$@" ;;',
  '*"Unknown option: --version"*) test -n "$r" || r="$p" ;;',
  '*) o="$p" ;;',
  "esac; fi; done;",
].join(" ")

const OR_SAY_WHY = `test -z "$r" || exit ${REFERENCE_AIM}; test -z "$o" || exit ${FOREIGN_AIM}; exit ${NO_AIM}`

/** A shell command that starts the remote aim with these words, and no other program. */
export function askAim(words: readonly string[], locator: SshLocator): string {
  return script(`${SEEK} ${OR_SAY_WHY}`, words, locator)
}

/** The script that asks an aim at the other end, or the reference program: both know these words. */
export function askAimOrReference(words: readonly string[], locator: SshLocator): string {
  return script(`${SEEK} test -z "$r" || exec "$r" "$@"; ${OR_SAY_WHY}`, words, locator)
}

/** The reference's own way to read a state file. */
export function catState(locator: SshLocator): string {
  return `cat -- ${remoteWord(locator.remotePath)}`
}

function script(text: string, words: readonly string[], { remotePath }: SshLocator): string {
  const state = remotePath === DEFAULT_REMOTE_PATH ? [] : ["--state", remoteWord(remotePath)]
  return ["sh", "-c", quoted(text), "aim", ...words.map(quoted), ...state].join(" ")
}
