import type { CommandRow, GroupRow } from "./row.ts"

export const QUARANTINE_GROUP: GroupRow = {
  path: "quarantine",
  summary: "logins that failed a check and were kept",
  example: "aim quarantine list",
}

export const QUARANTINE: readonly CommandRow[] = [
  {
    path: "quarantine list",
    summary: "list the kept logins and why they are there",
    load: () => import("../commands/quarantine-list.ts"),
  },
  {
    path: "quarantine adopt",
    summary: "make a kept login the login of its label",
    load: () => import("../commands/quarantine-adopt.ts"),
  },
  {
    path: "quarantine drop",
    summary: "delete a kept login",
    load: () => import("../commands/quarantine-drop.ts"),
  },
]
