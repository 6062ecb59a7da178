import type { CommandRow } from "./row.ts"

/** What aim tells the programs around it. */
export const SHELL: readonly CommandRow[] = [
  {
    path: "completions",
    summary: "print the script that completes aim in bash, zsh or fish",
    load: () => import("../commands/completions.ts"),
  },
]
