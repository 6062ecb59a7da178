import { join } from "node:path"
import type { Simulator } from "../../simulator/contract.ts"
import { now } from "../../system/clock.ts"
import { HOUR, SECOND } from "../../system/time.ts"
import type { Part } from "./cast.ts"
import { renewAsCodex } from "./client.ts"

/** One command of the story, and one line about what it shows. */
export type Scene = {
  /** The words behind `aim`; `~` is the sandbox. */
  command: string
  note: string
  /** The exit code that belongs to the story. */
  exit: 0 | 1
  /** One of several of a kind: a person needs only its first line. */
  brief?: boolean
  /** What happens in the world before it: told in a line of its own. */
  before?: { told: string; happens: (stage: Stage) => void | Promise<void> }
}

/** Where the story plays. */
export type Stage = { home: string; simulator: Simulator }

/** The logins become labels, by the commands that an operator would type. */
export function settingUp(cast: readonly Part[]): readonly Scene[] {
  const captures = cast.map(({ account: { name }, home, about }, index): Scene => {
    const from = home === ".codex" ? "" : ` --source-home ~/${home}`
    return {
      command: `codex capture ${name}${from}`,
      note: `${name}: ${about}`,
      exit: 0,
      brief: index > 0,
    }
  })
  return [
    ...captures,
    {
      command: "refresh guest --force",
      note: "Only an answer like this one makes a label `reauth`; no answer at all never does.",
      exit: 1,
      before: {
        told: "The owner of guest has logged out elsewhere, so its login is dead.",
        happens: ({ simulator }) => simulator.revoke("guest"),
      },
    },
    {
      command: "account disable spare",
      note: "Its login is kept; the label is only never chosen.",
      exit: 0,
    },
  ]
}

/** What the demo is for. */
export const STORY: readonly Scene[] = [
  {
    command: "status",
    note: "The whole pool at a glance. The warnings say that the provider is not the real one.",
    exit: 0,
  },
  {
    command: "why",
    note: "The terms of the choice: lessons has quota that would expire unused, so it goes first.",
    exit: 0,
  },
  {
    command: "codex use",
    note: "Codex's home now holds lessons; its other keys and files are as they were.",
    exit: 0,
  },
  {
    command: "codex use",
    note: "Run again it finds nothing to do, and touches no file.",
    exit: 0,
  },
  {
    command: "status --live",
    note: "--live asks the provider now; otherwise a reading is good for a minute.",
    exit: 0,
    before: {
      told: "An afternoon of work later: Codex has renewed the login by itself, which spent the copy that aim holds, and lessons has used up its 5h window.",
      happens: async ({ home, simulator }) => {
        await renewAsCodex(simulator, join(home, ".codex"))
        const reset_at = Math.round((now() + HOUR) / SECOND)
        simulator.setUsage("lessons", { primary: { used_percent: 100, reset_at } })
      },
    },
  },
  {
    command: "codex use",
    note: "Another label. The renewed login of lessons was taken in first: nothing is lost.",
    exit: 0,
  },
  {
    command: "codex use --next --json",
    note: "--next moves on from a label that is fine. --json, or a pipe, gives the receipt: what was chosen, why, with which numbers, what was written and captured.",
    exit: 0,
  },
]
