import type { CommandRow, GroupRow } from "./row.ts"

export const CODEX_GROUP: GroupRow = {
  path: "codex",
  summary: "the Codex CLI and the label it works with",
  example: "aim codex use",
}

export const CODEX: readonly CommandRow[] = [
  {
    path: "codex capture",
    summary: "adopt the login in a Codex home as a label",
    load: () => import("../commands/codex-capture.ts"),
  },
  {
    path: "codex use",
    summary: "choose the label that should serve and switch Codex to it",
    load: () => import("../commands/codex-use.ts"),
  },
  {
    path: "codex watch",
    summary: "look after Codex: keep its label while it lasts, move on in time",
    load: () => import("../commands/codex-watch.ts"),
  },
  {
    path: "codex show",
    summary: "show which login the Codex home really holds",
    load: () => import("../commands/codex-show.ts"),
  },
  {
    path: "codex forget-home",
    summary: "stop keeping a captured home up to date",
    load: () => import("../commands/codex-forget-home.ts"),
  },
]
