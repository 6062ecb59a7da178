import type { ArgsDef } from "citty"
import { CLIENTS } from "./client-word.ts"

/** Arguments that several commands have in common, worded once. */
export const LABEL = {
  label: {
    type: "positional",
    valueHint: "label",
    required: true,
    description: "the label",
  },
} as const satisfies ArgsDef

/** Of a command that makes the label if it is not there. */
export const ANY_LABEL = {
  label: { ...LABEL.label, description: "the label, new or existing" },
} as const satisfies ArgsDef

/** Of a command on a pool that is shared between machines. */
export const CLIENT = {
  client: {
    type: "positional",
    valueHint: CLIENTS,
    required: true,
    description: "codex or claude",
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
