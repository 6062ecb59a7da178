import type { CommandRow } from "./row.ts"

export const GENERAL: readonly CommandRow[] = [
  {
    path: "status",
    summary: "show every label: readiness, quota, and who serves now",
    load: () => import("../commands/status.ts"),
  },
  {
    path: "why",
    summary: "show the terms by which a label is chosen",
    load: () => import("../commands/why.ts"),
  },
  {
    path: "refresh",
    summary: "renew the logins that are due",
    load: () => import("../commands/refresh.ts"),
  },
  {
    path: "login",
    summary: "bring a label to life, or mend its login",
    load: () => import("../commands/login.ts"),
  },
  {
    path: "demo",
    summary: "show all of this in a sandbox, against a simulated provider",
    load: () => import("../commands/demo.ts"),
  },
]
