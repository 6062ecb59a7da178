import type { Job } from "../../../src/schedule/job.ts"

/** Paths that a careless quoting breaks, by what is odd about them. */
export const ODD_PATHS: readonly [what: string, path: string][] = [
  ["plain", "/opt/aim/bin"],
  ["spaces", "/opt/my own programs"],
  ["letters beyond ASCII", "/opt/Überstunden/日本語"],
  ["percent signs", "/opt/100%/%h %%n"],
  ["dollars", "/opt/$HOME/$\u007bUSER}/$$"],
  ["quotes", '/opt/it\'s "so" called'],
  ["backslashes", "/opt/a\\b\\n\\\\c"],
  ["XML's own", "/opt/a&b <c> &amp;"],
  ["a leading dash and a semicolon", "/opt/-x; y # z"],
]

/** Whom a job of the machine's runs as: somebody who is on every Debian. */
export const DAEMON = { user: "daemon", group: "daemon" }

/** A job whose every path lies below `folder`. */
export function jobBelow(folder: string, more: Partial<Job> = {}): Job {
  return {
    target: "codex",
    argv: [`${folder}/aim`, "codex", "watch", "--once", "--home", `${folder}/home`],
    environment: { HOME: folder, CODEX_HOME: `${folder}/codex` },
    everySeconds: 300,
    owner: null,
    writable: [`${folder}/home`],
    logFile: `${folder}/home/.aimgr/watch-codex.log`,
    ...more,
  }
}
