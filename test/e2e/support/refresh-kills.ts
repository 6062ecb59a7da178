import { expect } from "bun:test"
import type { World } from "../../support/world.ts"
import { codexRefreshes } from "./codex-client.ts"
import { type Point, runWithFaults } from "./fault-run.ts"
import type { Scenario } from "./scenario.ts"
import { setStage } from "./stage.ts"

const INFLIGHT = "/.aimgr/inflight/openai-codex-boss.json"

/** `boss` lives in two homes: its own, and the one that Codex is switched to. */
async function bossInTwoHomes(world: World): Promise<void> {
  await world.label("boss")
  await world.json("codex use")
}

/** Kills a refresh of `boss` at the first step that passes `test`, told what went before it. */
async function refreshKilledAt(
  world: World,
  test: (point: Point, before: readonly Point[]) => boolean,
): Promise<void> {
  await using stage = await setStage(world)
  const { points } = await runWithFaults(world, stage.record, "refresh boss --force")
  await stage.reset()
  const at = points.findIndex((point, index) => test(point, points.slice(0, index))) + 1
  const { killed } = await runWithFaults(world, stage.record, "refresh boss --force", at)
  expect(killed).toBe(true)
}

const replyIsInHand = ({ step }: Point) => step === "post:replied"

/** The second time that the note is in place it holds the reply. */
function replyIsKept({ step, place }: Point, before: readonly Point[]): boolean {
  const replied = before.some((point) => point.step === "post:replied")
  return replied && step === "write:done" && place.endsWith(INFLIGHT)
}

/** The default run takes these, a long run the rest. */
export const MAIN: Record<string, Scenario> = {
  "a forced refresh of a label held in two homes": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await bossInTwoHomes(world)
      await world.label("qa")
    },
    command: "refresh boss --force",
  },
  "a refresh of a label that a client has rotated": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await bossInTwoHomes(world)
      await codexRefreshes(world, world.codexHome)
    },
    command: "refresh boss --force",
  },
  "the recovery of a reply that a killed aim had kept": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await bossInTwoHomes(world)
      await refreshKilledAt(world, replyIsKept)
    },
    command: "refresh --all",
  },
  "the second post of a pair whose first one was never sent": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await bossInTwoHomes(world)
      await refreshKilledAt(world, ({ step }) => step === "post:begin")
    },
    command: "refresh boss",
  },
  "a second post that the issuer could not answer, of a pair that the first one has spent": {
    accounts: [{ name: "boss" }],
    prepare: async (world) => {
      await bossInTwoHomes(world)
      await refreshKilledAt(world, replyIsInHand)
    },
    command: "refresh boss",
    faults: { these: [{ path: "/oauth/token", kind: "status", status: 503 }], exit: 1 },
    lostBefore: ["boss"],
  },
}

export const REST: Record<string, Scenario> = {
  "the recovery of a reply by a switch": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await world.label("boss")
      await world.label("qa")
      await refreshKilledAt(world, replyIsKept)
    },
    command: "codex use",
  },
  "a rename of a label whose post never got its reply": {
    accounts: [{ name: "boss" }, { name: "qa" }],
    prepare: async (world) => {
      await world.label("boss")
      await world.label("qa")
      await refreshKilledAt(world, replyIsInHand)
    },
    command: "account rename boss chief --yes",
    alreadyDone: "unknown_label",
    lostBefore: ["boss"],
  },
}
