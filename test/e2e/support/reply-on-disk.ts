import { rm } from "node:fs/promises"
import type { World } from "../../support/world.ts"
import { runWithFaults } from "./fault-run.ts"
import { setStage } from "./stage.ts"

/** Leaves the world as an aim does that dies with the reply to a label's refresh on disk, unread. */
export async function leaveReplyOnDisk(world: World, label: string): Promise<void> {
  const command = `refresh ${label} --force`
  await using stage = await setStage(world)
  const { points } = await runWithFaults(world, stage.record, command)
  const replied = points.findIndex(({ step }) => step === "post:replied")
  const kept = points.findIndex(
    ({ step, place }, at) => at > replied && step === "write:done" && place.includes("/inflight/"),
  )
  if (replied < 0 || kept < 0) throw new Error(`${command} kept no reply`)
  await stage.reset()
  const run = await runWithFaults(world, stage.record, command, kept + 1)
  if (!run.killed) throw new Error(`${command} did not die`)
  await rm(stage.record, { force: true })
}
