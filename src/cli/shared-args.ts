import type { ArgsDef } from "citty"

/** Arguments that several commands have in common, worded once. */
export const LABEL = {
  label: {
    type: "positional",
    valueHint: "label",
    required: true,
    description: "the label",
  },
} as const satisfies ArgsDef

export const YES = {
  yes: { type: "boolean", alias: "y", description: "do it without asking" },
} as const satisfies ArgsDef

export const ENTRY = {
  id: {
    type: "positional",
    valueHint: "entry",
    required: true,
    description: "the id that `list` shows",
  },
} as const satisfies ArgsDef

/** What every `aim <client> use` takes. */
export const SWITCH = {
  next: { type: "boolean", description: "move on from the present label" },
  "dry-run": { type: "boolean", description: "say what would happen, change nothing" },
  adopt: {
    type: "string",
    valueHint: "label",
    description: "make a login that is no label's this label, then go on",
  },
  "replace-unmanaged": {
    type: "boolean",
    description: "put a login that is no label's aside, with a backup",
  },
} as const

/** What every `aim <client> watch` takes. */
export const WATCH = {
  once: { type: "boolean", description: "look once, decide, and end" },
  until: { type: "string", valueHint: "time", description: "end a loop then, such as 07:30" },
  "interval-seconds": {
    type: "string",
    valueHint: "seconds",
    description: "how far apart two looks are (300)",
  },
  "rotate-below-5h-remaining-pct": {
    type: "string",
    valueHint: "percent",
    description: "leave a label with less of its 5h window (20; 0: off)",
  },
  "rotate-below-weekly-remaining-pct": {
    type: "string",
    valueHint: "percent",
    description: "the same for its weekly window (0: off)",
  },
} as const satisfies ArgsDef
