import type { AimCommand } from "../command.ts"

/** A command by the words that lead to it. Its file is loaded when it is called, or its page is. */
export type CommandRow = {
  path: string
  summary: string
  load: () => Promise<{ default: AimCommand }>
}

/** Words that only lead to commands. */
export type GroupRow = { path: string; summary: string; example: string }
