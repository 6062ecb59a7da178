import { expect } from "bun:test"
import { basename } from "node:path"
import { openWorld, type World } from "../../support/world.ts"
import { expectRecovered } from "./after-kill.ts"
import { type EndState, endStateOf, flawsOf } from "./end-state.ts"
import { type Point, recordSteps, runWithFaults } from "./fault-run.ts"
import { differences, filesBelow, pictureOf } from "./home-picture.ts"
import type { Scenario } from "./scenario.ts"
import { type Stage, setStage } from "./stage.ts"

/** What a scenario came to, for the test's own output. */
export type Toll = { points: number; kills: number; lost: number; seconds: number }

/**
 * Runs the scenario once to record its fault points, then once more for each of them that can leave
 * something of its own, killed there; after each kill the next run must end as the undisturbed one
 * did, with no token lost.
 */
export async function killEverywhere(scenario: Scenario): Promise<Toll> {
  const started = performance.now()
  await using world = await openWorld(scenario.accounts ?? [], {
    claudeAccounts: scenario.claudeAccounts ?? [],
  })
  await scenario.prepare(world)
  await using stage = await setStage(world)
  const command =
    typeof scenario.command === "string" ? scenario.command : await scenario.command(world)
  const steps = { ...scenario, again: scenario.again ?? command }
  misbehave(world, scenario)
  const { points: recorded, telling } = await recordUndisturbed(
    stage,
    command,
    scenario.faults?.exit ?? 0,
  )
  world.sim.clearFaults()
  const undisturbed = await finish(stage, steps, recorded, null)
  let lost = 0
  let kills = 0
  for (const at of [...telling, recorded.length + 1]) {
    if (scenario.sparesNewLocks && recorded[at - 1]?.step === "dirlock:made") continue
    await stage.reset()
    const before = await loginFiles(world)
    misbehave(world, scenario)
    const run = await runWithFaults(world, stage.record, command, at)
    world.sim.clearFaults()
    expect(run.killed, `a run had other steps than the recorded one, at ${at}`).toBe(
      at <= recorded.length,
    )
    if (!run.killed) break
    kills += 1
    const left = await loginFiles(world)
    expect(
      before.filter((path) => !left.includes(path)),
      killedAt(run.points),
    ).toEqual([])
    const end = await finish(stage, steps, run.points, undisturbed)
    if (end === null) lost += 1
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10
  return { points: recorded.length, kills, lost, seconds }
}

function misbehave(world: World, { faults }: Scenario): void {
  for (const fault of faults?.these ?? []) world.sim.addFault(fault)
}

/** The recording run; every file that it changed must have been named at a point. */
async function recordUndisturbed(
  stage: Stage,
  command: string,
  exit: number,
): Promise<{ points: Point[]; telling: number[] }> {
  const { world, record } = stage
  const before = await pictureOf(world.home)
  const { result, points, telling } = await recordSteps(world, record, command)
  expect(result.code, `${command}: ${result.stdout}${result.stderr}`).toBe(exit)
  expect(points.length, `${command} passed no fault point`).toBeGreaterThan(0)
  const named = points.map(({ place }) => place)
  const unnamed = differences(before, await pictureOf(world.home)).filter(
    (path) => !named.some((place) => place === path || place.startsWith(`${path}/`)),
  )
  expect(unnamed, `${command} changed these without passing a fault point`).toEqual([])
  return { points, telling }
}

/** Null when the login that the kill was allowed to cost is lost, and said to be so. */
async function finish(
  stage: Stage,
  steps: Parameters<typeof expectRecovered>[1],
  points: readonly Point[],
  wanted: EndState | null,
): Promise<EndState | null> {
  const where = killedAt(points)
  const { lost, known } = await expectRecovered(stage, steps, points, where)
  if (known) return wanted
  if (lost !== null && !steps.lostBefore?.includes(lost)) return null
  const end = await endStateOf(stage.world)
  if (lost === null) expect(flawsOf(end), where).toEqual([])
  if (wanted !== null) expect(end, where).toEqual(wanted)
  return end
}

function killedAt(points: readonly Point[]): string {
  const last = points.at(-1)
  return `killed at ${points.length}: ${last?.step} ${last?.place}`
}

async function loginFiles(world: World): Promise<string[]> {
  const names = ["auth.json", ".credentials.json", ".claude.json"]
  return (await filesBelow(world.home)).filter((path) => names.includes(basename(path)))
}
