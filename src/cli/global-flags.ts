import type { ArgsDef } from "citty"

/** Flags that stand before or after the words of any command. */
export const GLOBAL_FLAGS = {
  home: { type: "string", valueHint: "dir", description: "work on this user home" },
  state: { type: "string", valueHint: "file", description: "work on this secrets.json" },
  json: { type: "boolean", description: "print one JSON document" },
  color: { type: "boolean", description: "colours even where there is no terminal" },
  "no-color": { type: "boolean", description: "no colours" },
  help: { type: "boolean", alias: "h", description: "show this page" },
} as const satisfies ArgsDef

/** `--help` or `-h` anywhere among the words that are aim's own. */
export function asksForHelp(words: readonly string[]): boolean {
  return words.some((word) => word === "--help" || word === "-h")
}

/** Flags of `aim` itself, where no command is named. */
export const ROOT_FLAGS = {
  ...GLOBAL_FLAGS,
  version: { type: "boolean", description: "print the version" },
} as const satisfies ArgsDef
