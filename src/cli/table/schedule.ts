import type { CommandRow, GroupRow } from "./row.ts"

export const SCHEDULE_GROUP: GroupRow = {
  path: "schedule",
  summary: "the watch that the machine starts by itself",
  example: "aim schedule status",
}

export const SCHEDULE: readonly CommandRow[] = [
  {
    path: "schedule install",
    summary: "let systemd or launchd look after a client's label",
    load: () => import("../commands/schedule-install.ts"),
  },
  {
    path: "schedule status",
    summary: "show what is installed, and when it looked last",
    load: () => import("../commands/schedule-status.ts"),
  },
  {
    path: "schedule remove",
    summary: "stop that watch and take its files away",
    load: () => import("../commands/schedule-remove.ts"),
  },
]
