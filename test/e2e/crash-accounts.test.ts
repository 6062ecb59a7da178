import { join } from "node:path"
import type { World } from "../support/world.ts"
import { codexRefreshes } from "./support/codex-client.ts"
import { killsAtEveryStep } from "./support/kill-tests.ts"
import type { Scenario } from "./support/scenario.ts"

async function bossIsLive(world: World): Promise<void> {
  await world.label("boss")
  await world.json("codex use")
}

const loginHome = (world: World, name: string) => join(world.home, "logins", name)

const scenarios: Record<string, Scenario> = {
  "the capture of a new label": {
    accounts: [{ name: "boss" }, { name: "guest" }],
    prepare: async (world) => {
      await bossIsLive(world)
      await world.login("guest")
    },
    command: async (world) => `codex capture guest --source-home ${loginHome(world, "guest")}`,
  },
  "the capture of a newer pair, which reaches the other home": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await bossIsLive(world)
      await world.label("qa")
      await codexRefreshes(world, loginHome(world, "boss"))
    },
    command: async (world) => `codex capture boss --source-home ${loginHome(world, "boss")}`,
  },
  "a rename of the live label": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await bossIsLive(world)
      await world.label("qa")
    },
    command: "account rename boss chief --yes",
    alreadyDone: "unknown_label",
  },
  "the removal of the live label, whose pair the client has rotated": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await bossIsLive(world)
      await world.label("qa")
      await codexRefreshes(world, world.codexHome)
    },
    command: "account remove boss --yes",
    alreadyDone: "unknown_label",
    removes: ["boss"],
  },
  "a new label without a login": {
    accounts: [{ name: "boss" }],
    prepare: bossIsLive,
    command: "account add lessons",
    alreadyDone: "label_exists",
  },
  "a label taken out of the pool": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await bossIsLive(world)
      await world.label("qa")
    },
    command: "account disable qa",
  },
  "a login adopted from quarantine": {
    accounts: [{ name: "qa" }, { name: "guest" }],
    prepare: async (world) => {
      await world.label("qa")
      await world.login("guest", { dir: world.codexHome })
      await world.json("codex use --replace-unmanaged")
    },
    command: async (world) => {
      const [entry] = (await world.vault()).quarantine ?? []
      return `quarantine adopt ${entry?.id} guest`
    },
    alreadyDone: "unknown_quarantine_entry",
  },
  "a home that is forgotten": {
    accounts: [{ name: "boss" }],
    prepare: bossIsLive,
    command: async (world) => `codex forget-home ${loginHome(world, "boss")}`,
    alreadyDone: "home_not_remembered",
  },
}

killsAtEveryStep(scenarios)
