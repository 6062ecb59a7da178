import { readFile, rm } from "node:fs/promises"
import type { World } from "../../support/world.ts"
import type { RunResult } from "./run-aim.ts"

/** A step of the binary that a crash test may kill at. */
export type Point = { step: string; place: string }
export type FaultRun = { result: RunResult; points: Point[]; killed: boolean }

/**
 * Runs the test build of aim with its fault points recorded, and killed at the `killAt`-th (from
 * 1; absent: never). `record` is a file outside the home.
 */
export async function runWithFaults(
  world: World,
  record: string,
  command: string,
  killAt?: number,
  base: Readonly<Record<string, string>> = {},
): Promise<FaultRun> {
  await rm(record, { force: true })
  const env: Record<string, string> = { ...base, AIM_FAULT_RECORD: record }
  if (killAt !== undefined) env.AIM_FAULT_KILL = String(killAt)
  const result = await world.aim(command, { binary: "faults", env })
  const points = await pointsIn(record)
  const killed = result.code === 137
  if (killed && points.length !== killAt) {
    throw new Error(`aim ${command} died at point ${points.length}, not at ${killAt}`)
  }
  return { result, points, killed }
}

/** One line for what stands in the home: names, modes, links and bytes; SQLite rebuilds a -shm. */
const LOOK = `cd "$HOME" && { find . -printf "%p %m %l\\n"; find . -type f ! -name "*-shm" \\
  -exec sha256sum {} +; } | sort | sha256sum >> "$AIM_FAULT_RECORD.looks"`

/**
 * Runs the command undisturbed, and also gives the numbers of those points at which a kill leaves
 * what none before would have left: the home is another there, byte by byte, or the issuer has
 * taken one more POST. At every other point the recovery is one that another kill proves.
 */
export async function recordSteps(
  world: World,
  record: string,
  command: string,
  base: Readonly<Record<string, string>> = {},
): Promise<FaultRun & { telling: number[] }> {
  await rm(`${record}.looks`, { force: true })
  const env = { ...base, AIM_FAULT_LOOK: LOOK }
  const run = await runWithFaults(world, record, command, undefined, env)
  const looks = (await readFile(`${record}.looks`, "utf8")).trimEnd().split("\n")
  await rm(`${record}.looks`)
  if (looks.length !== run.points.length) throw new Error(`${looks.length} looks at ${command}`)
  const seen = new Set<string>()
  let posts = 0
  const telling: number[] = []
  for (const [index, { step }] of run.points.entries()) {
    if (step === "post:replied") posts += 1
    const state = `${posts} ${looks[index]}`
    if (!seen.has(state)) telling.push(index + 1)
    seen.add(state)
  }
  return { ...run, telling }
}

async function pointsIn(record: string): Promise<Point[]> {
  const text = await readFile(record, "utf8").catch(() => "")
  return text.split("\n").flatMap((line) => {
    const [step, place] = line.split("\t")
    return step && place ? [{ step, place }] : []
  })
}

const INFLIGHT = /\/inflight\/[^/]+\.json$/

/**
 * True when a process that died after these points had posted a pair and was just bringing the
 * reply's bytes to disk, before it did anything else: the one stretch in which a login may be lost.
 */
export function diedWithReplyInHand(points: readonly Point[]): boolean {
  const posted = points.findLastIndex(({ step }) => step === "post:replied")
  if (posted < 0) return false
  const keeping = ({ step, place }: Point) =>
    ["write:begin", "write:created"].includes(step) && INFLIGHT.test(place)
  return points.slice(posted + 1).every(keeping)
}

/** True when it died with a POST noted and no reply to it on disk, sent or not. */
export function diedWhilePosting(points: readonly Point[]): boolean {
  const last = points.at(-1)
  return last?.step === "post:begin" || diedWithReplyInHand(points)
}
