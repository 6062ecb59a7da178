import { ACCOUNT, ACCOUNT_GROUP } from "./account.ts"
import { BROWSER, BROWSER_GROUP } from "./browser.ts"
import { CLAUDE, CLAUDE_GROUP } from "./claude.ts"
import { CODEX, CODEX_GROUP } from "./codex.ts"
import { GENERAL } from "./general.ts"
import { HISTORY } from "./history.ts"
import { INTERNAL, INTERNAL_GROUP } from "./internal.ts"
import { PI, PI_GROUP } from "./pi.ts"
import { QUARANTINE, QUARANTINE_GROUP } from "./quarantine.ts"
import type { CommandRow, GroupRow } from "./row.ts"
import { SHELL } from "./shell.ts"

/** Every command of aim, in the order of the help page. */
export const COMMANDS: readonly CommandRow[] = [
  ...GENERAL,
  ...HISTORY,
  ...CODEX,
  ...CLAUDE,
  ...PI,
  ...ACCOUNT,
  ...QUARANTINE,
  ...BROWSER,
  ...SHELL,
]

export const GROUPS: readonly GroupRow[] = [
  CODEX_GROUP,
  CLAUDE_GROUP,
  PI_GROUP,
  ACCOUNT_GROUP,
  QUARANTINE_GROUP,
  BROWSER_GROUP,
]

// Maps, so that `constructor` and `__proto__` are words like any other.
const commands = new Map([...COMMANDS, ...INTERNAL].map((row) => [row.path, row]))
const groups = new Map([...GROUPS, INTERNAL_GROUP].map((row) => [row.path, row]))

export function commandAt(path: string): CommandRow | undefined {
  return commands.get(path)
}

export function groupAt(path: string): GroupRow | undefined {
  return groups.get(path)
}

export function isCommand(path: string): boolean {
  return commands.has(path)
}

export function isGroup(path: string): boolean {
  return groups.has(path)
}

/** True where more words may follow: for a group, and for a command with commands below it. */
export function leadsOn(path: string): boolean {
  return !commands.has(path) || COMMANDS.some((row) => row.path.startsWith(`${path} `))
}
