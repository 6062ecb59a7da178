import type { World } from "../../support/world.ts"
import { claudeRefreshes } from "./claude-client.ts"
import type { Scenario } from "./scenario.ts"

const TWO = [{ name: "lessons" }, { name: "work" }]

/** `lessons` is Claude Code's live login, `work` stands in the vault alone. */
async function lessonsIsLive(world: World): Promise<void> {
  await world.claudeHome("lessons", { expiresInSeconds: 3_600 })
  await world.json("claude capture-native lessons")
}

/** Half a minute each on a quiet machine: the default run takes these, a long run the rest. */
export const MAIN: Record<string, Scenario> = {
  "a switch away from a label whose pair Claude has rotated": {
    claudeAccounts: TWO,
    prepare: async (world) => {
      await lessonsIsLive(world)
      await world.claudeLabel("work")
      await claudeRefreshes(world)
    },
    command: "claude use work",
    sparesNewLocks: true,
  },
  "a refresh of the label that is live, under Claude's own lock": {
    claudeAccounts: TWO,
    prepare: lessonsIsLive,
    command: "refresh lessons --force",
    sparesNewLocks: true,
  },
}

export const REST: Record<string, Scenario> = {
  "a first switch into a home that is not there": {
    claudeAccounts: TWO,
    prepare: async (world) => {
      await world.claudeLabel("lessons")
      await world.claudeLabel("work")
      await world.json("account list")
    },
    command: "claude use work",
  },
  "a switch to a label whose access token has run out": {
    claudeAccounts: TWO,
    prepare: async (world) => {
      await lessonsIsLive(world)
      await world.claudeLabel("work", { expiresInSeconds: -60 })
    },
    command: "claude use work",
    saysLost: "expired_credentials",
    sparesNewLocks: true,
  },
  "a login of the label that is live": {
    claudeAccounts: [{ name: "lessons" }],
    prepare: lessonsIsLive,
    command: "login lessons",
    saysLost: "live_login_no_help",
    sparesNewLocks: true,
  },
  "a login of a new label by what Claude has": {
    claudeAccounts: [{ name: "lessons" }],
    prepare: async (world) => {
      await world.claudeHome("lessons")
      await world.json("account list")
    },
    command: "login lessons --provider anthropic",
    again: "claude capture-native lessons",
  },
  "a capture of what Claude has rotated": {
    claudeAccounts: [{ name: "lessons" }],
    prepare: async (world) => {
      await lessonsIsLive(world)
      await claudeRefreshes(world)
    },
    command: "claude capture-native lessons",
  },
  "a switch that replaces a stranger's login": {
    claudeAccounts: [{ name: "work" }, { name: "guest" }],
    prepare: async (world) => {
      await world.claudeLabel("work")
      await world.claudeHome("guest")
    },
    command: "claude use work --replace-unmanaged",
    sparesNewLocks: true,
  },
}
