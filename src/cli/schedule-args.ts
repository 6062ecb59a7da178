import type { ArgsDef } from "citty"

/** The client of a schedule. */
export const SCHEDULED = {
  target: {
    type: "positional",
    valueHint: "codex|claude|pi",
    required: true,
    description: "the client whose label is watched",
  },
} as const satisfies ArgsDef
