import type { CommandRow } from "./row.ts"

export const HISTORY: readonly CommandRow[] = [
  {
    path: "history",
    summary: "list the receipts: what was decided and done, when and why",
    load: () => import("../commands/history.ts"),
  },
  {
    path: "history show",
    summary: "show one receipt whole",
    load: () => import("../commands/history-show.ts"),
  },
  {
    path: "restore",
    summary: "list the backups of the state file, or put one back",
    load: () => import("../commands/restore.ts"),
  },
]
