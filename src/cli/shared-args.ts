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
