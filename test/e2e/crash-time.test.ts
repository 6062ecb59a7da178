import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { seeded } from "../domain/seeded.ts"
import { openWorld, type World } from "../support/world.ts"
import { expectRecovered } from "./support/after-kill.ts"
import { inflightNotes } from "./support/end-state.ts"
import type { Point } from "./support/fault-run.ts"
import { binaryPath } from "./support/run-aim.ts"
import { setStage } from "./support/stage.ts"

const RUNS = 30
const COMMANDS = ["codex use --next", "refresh boss --force", "codex use"]

/**
 * The ledger and the locks are SQLite's own files, without a fault point in them: killed at a
 * random moment of the release binary instead.
 */
test(`killed at ${RUNS} random moments, with the ledger and the locks in any state`, async () => {
  const seed = Number(process.env.AIM_TEST_SEED ?? Date.now() % 1_000_000)
  const random = seeded(seed)
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.label("qa")
  await world.json("codex use")
  await using stage = await setStage(world)
  const began = performance.now()
  await world.aim("refresh boss --force")
  let usual = performance.now() - began
  let killed = 0
  for (let run = 0; run < RUNS; run++) {
    await stage.reset()
    // A lock may be in a state that no name and no size tells.
    stage.renewed.clear()
    const command = COMMANDS[run % COMMANDS.length] ?? ""
    const after = Math.max(1, Math.round(random.next() * usual * 1.2))
    const begun = performance.now()
    const { code } = await world.aim(command, { timeoutMs: after })
    // A machine that was busy at first is no measure of what comes later.
    if (code !== 137) usual = Math.min(usual, performance.now() - begun)
    const where = `seed ${seed}, run ${run}: aim ${command}, killed after ${after} ms (${code})`
    if (code === 137) killed += 1
    const posted = await postUnderWay(world, stage.log().some(isRefreshed))
    await expectRecovered(stage, { again: "codex use" }, posted, where)
    expect(ledgerFaults(world), where).toEqual([])
    expect(await setAside(world), where).toEqual([])
  }
  expect(killed, `seed ${seed}: too few of the runs were cut short`).toBeGreaterThan(RUNS / 4)
})

const isRefreshed = ({ outcome }: { outcome: string }) => outcome === "refreshed"

/** The stretch of the POST that the run died in, by what it left: a note without a reply. */
async function postUnderWay(world: World, issued: boolean): Promise<Point[]> {
  for (const name of await inflightNotes(world)) {
    if (name.startsWith(".")) continue
    const path = join(world.home, ".aimgr", "inflight", name)
    const { reply } = JSON.parse(await readFile(path, "utf8"))
    if (reply === null) return [{ step: issued ? "post:replied" : "post:begin", place: path }]
  }
  return []
}

function ledgerFaults(world: World): unknown[] {
  const ledger = new Database(join(world.home, ".aimgr", "ledger.db"), { readonly: true })
  try {
    const found = ledger.query("pragma integrity_check").values().flat()
    return found.filter((line) => line !== "ok")
  } finally {
    ledger.close()
  }
}

/** A ledger that a killed aim left must be taken up again, not set aside. */
async function setAside(world: World): Promise<string[]> {
  const names = await readdir(join(world.home, ".aimgr"))
  return names.filter((name) => name.includes("broken"))
}

test("the binary that users get holds no fault point, the test build does", async () => {
  for (const [binary, holds] of [
    ["release", false],
    ["faults", true],
  ] as const) {
    const bytes = await readFile(binaryPath(binary))
    for (const word of ["AIM_FAULT_RECORD", "AIM_FAULT_KILL"])
      expect(`${binary} ${word} ${bytes.includes(word)}`).toBe(`${binary} ${word} ${holds}`)
  }
})
