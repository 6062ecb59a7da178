import { expect, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { startWatch } from "../e2e/support/watch-run.ts"
import { openWorld } from "../support/world.ts"

const TICKS = 240
const WARM = 40
/** Bun's collector is generous; a leak of a pool a tick would be several times as much. */
const MAY_GROW_KB = 40_000

const residentKb = (pid: number) =>
  Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1])
const openFiles = (pid: number) => readdirSync(`/proc/${pid}/fd`).length

test(`a loop of ${TICKS} looks keeps its memory and its open files`, async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss", { expiresInSeconds: 86_400 })
  await world.label("qa", { expiresInSeconds: 86_400 })
  await using run = startWatch(world, "codex watch --interval-seconds 1")
  await run.line(WARM)
  const before = { kb: residentKb(run.pid), files: openFiles(run.pid) }
  await run.line(TICKS)
  const after = { kb: residentKb(run.pid), files: openFiles(run.pid) }
  console.log(JSON.stringify({ before, after }))
  expect(after.kb - before.kb).toBeLessThan(MAY_GROW_KB)
  expect(after.files).toBeLessThanOrEqual(before.files + 2)
})
