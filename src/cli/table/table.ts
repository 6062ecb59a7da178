import { INTERNAL, INTERNAL_GROUP } from "./internal.ts"
import type { CommandRow, GroupRow } from "./row.ts"
import { COMMANDS, GROUPS } from "./rows.ts"

export { COMMANDS, GROUPS }

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
