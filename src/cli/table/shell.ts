import type { CommandRow } from "./row.ts"

/** What aim tells the programs around it. */
export const SHELL: readonly CommandRow[] = [
  {
    path: "completions",
    summary: "print the script that completes aim in bash, zsh or fish",
    load: () => import("../commands/completions.ts"),
  },
  {
    path: "schema",
    summary: "print the JSON Schema of the state file, of status or of receipts",
    load: () => import("../commands/schema.ts"),
  },
]
