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
