import type { CommandRow, GroupRow } from "./row.ts"

export const BROWSER_GROUP: GroupRow = {
  path: "browser",
  summary: "which browser opens a label's pages",
  example: "aim browser list boss",
}

export const BROWSER: readonly CommandRow[] = [
  {
    path: "browser show",
    summary: "show which browser a label is bound to",
    load: () => import("../commands/browser-show.ts"),
  },
  {
    path: "browser set",
    summary: "bind a label to a browser profile",
    load: () => import("../commands/browser-set.ts"),
  },
  {
    path: "browser list",
    summary: "list the browser profiles on this machine",
    load: () => import("../commands/browser-list.ts"),
  },
  {
    path: "open",
    summary: "open a page in a label's own browser",
    load: () => import("../commands/open.ts"),
  },
]
