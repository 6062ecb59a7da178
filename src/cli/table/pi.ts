import type { CommandRow, GroupRow } from "./row.ts"

export const PI_GROUP: GroupRow = {
  path: "pi",
  summary: "Pi and the label it works with",
  example: "aim pi use",
}

export const PI: readonly CommandRow[] = [
  {
    path: "pi capture",
    summary: "adopt the login in a Pi home as a label",
    load: () => import("../commands/pi-capture.ts"),
  },
  {
    path: "pi use",
    summary: "choose the label that should serve and switch Pi to it",
    load: () => import("../commands/pi-use.ts"),
  },
  {
    path: "pi watch",
    summary: "look after Pi: keep its label while it lasts, move on in time",
    load: () => import("../commands/pi-watch.ts"),
  },
  {
    path: "pi show",
    summary: "show which login the Pi home really holds",
    load: () => import("../commands/pi-show.ts"),
  },
  {
    path: "pi forget-home",
    summary: "stop keeping a captured home up to date",
    load: () => import("../commands/pi-forget-home.ts"),
  },
]
