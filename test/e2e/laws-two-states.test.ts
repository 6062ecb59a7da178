import { expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld } from "../support/world.ts"
import { runWithFaults } from "./support/fault-run.ts"

type RefreshDocument = { recovered: { label: string; outcome: string }[] }

test("two state files in one folder finish each its own posts, where labels are named alike", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "guest" }])
  await world.label("boss")
  const other = join(world.home, ".aimgr", "other.json")
  const { dir } = await world.login("guest")
  await world.json(`codex capture boss --source-home ${dir} --state ${other}`)
  const record = join(world.home, "faults")
  const refresh = "refresh boss --force"
  await runWithFaults(world, record, refresh)
  const { points } = await runWithFaults(world, record, refresh)
  const replied = points.findIndex(({ step }) => step === "post:replied")
  const onDisk = points.findIndex(({ step }, at) => at > replied && step === "write:done")
  expect((await runWithFaults(world, record, refresh, onDisk + 1)).killed).toBeTrue()

  const theirs = await world.json<RefreshDocument>(`refresh --all --state ${other}`)
  expect(theirs.recovered).toEqual([])
  expect(JSON.parse(await readFile(other, "utf8")).quarantine ?? []).toEqual([])

  const { recovered } = await world.json<RefreshDocument>("refresh --all")
  expect(recovered).toMatchObject([{ label: "boss", outcome: "refreshed" }])
  const { credentials } = await world.vault()
  expect(world.sim.liveRefreshTokens("boss")).toEqual([
    credentials["openai-codex"]?.boss?.refresh ?? "",
  ])
})
