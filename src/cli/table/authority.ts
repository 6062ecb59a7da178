import type { CommandRow, GroupRow } from "./row.ts"

export const AUTHORITY_GROUP: GroupRow = {
  path: "authority",
  summary: "where imported labels came from",
  example: "aim authority list",
}

export const AUTHORITY: readonly CommandRow[] = [
  {
    path: "sync",
    summary: "import the labels of an authority",
    load: () => import("../commands/sync.ts"),
  },
  {
    path: "promote",
    summary: "hand logins back to the authority they came from",
    load: () => import("../commands/promote.ts"),
  },
  {
    path: "authority list",
    summary: "list where labels came from, how old that is, what has changed",
    load: () => import("../commands/authority-list.ts"),
  },
  {
    path: "authority show",
    summary: "ask an authority what it has now",
    load: () => import("../commands/authority-show.ts"),
  },
  {
    path: "authority forget",
    summary: "make imported labels labels of this machine",
    load: () => import("../commands/authority-forget.ts"),
  },
]
