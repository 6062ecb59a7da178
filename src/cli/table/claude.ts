import type { CommandRow, GroupRow } from "./row.ts"

export const CLAUDE_GROUP: GroupRow = {
  path: "claude",
  summary: "Claude Code and the label it works with",
  example: "aim claude use",
}

export const CLAUDE: readonly CommandRow[] = [
  {
    path: "claude capture-native",
    summary: "adopt the login that Claude Code has as a label",
    load: () => import("../commands/claude-capture-native.ts"),
  },
  {
    path: "claude export-live",
    summary: "write the login that Claude Code has into a bundle file",
    load: () => import("../commands/claude-export-live.ts"),
  },
  {
    path: "claude import-native",
    summary: "adopt the Claude login in a bundle file as a label",
    load: () => import("../commands/claude-import-native.ts"),
  },
  {
    path: "claude use",
    summary: "switch Claude Code to a label, or to the one that should serve",
    load: () => import("../commands/claude-use.ts"),
  },
  {
    path: "claude watch",
    summary: "look after Claude Code: keep its label while it lasts, move on in time",
    load: () => import("../commands/claude-watch.ts"),
  },
  {
    path: "claude show",
    summary: "show which login Claude Code really has",
    load: () => import("../commands/claude-show.ts"),
  },
  {
    path: "claude forget-home",
    summary: "stop keeping a captured home up to date",
    load: () => import("../commands/claude-forget-home.ts"),
  },
]
