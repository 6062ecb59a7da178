import { appendFileSync, readFileSync } from "node:fs"

/** Set by the build: true only in `dist/aim-faults`; a release build drops all of this. */
declare const AIM_FAULTS: boolean

/**
 * A place where a crash test may kill this process. The one write function and the one network
 * function call it before and after each step. In a test build `AIM_FAULT_RECORD=<file>` appends
 * one line a point (step, place), numbered across all processes that share the file, and
 * `AIM_FAULT_KILL=<n>` dies with SIGKILL at the n-th point.
 */
export function faultPoint(step: string, place: string): void {
  // Folded here, not in a constant of its own: only so does the release build drop `pass`.
  if (typeof AIM_FAULTS !== "undefined" && AIM_FAULTS) pass(step, place)
}

function pass(step: string, place: string): void {
  const record = process.env.AIM_FAULT_RECORD
  if (record === undefined) return
  appendFileSync(record, `${step}\t${place}\n`)
  const kill = process.env.AIM_FAULT_KILL
  if (kill === undefined) return
  const passed = readFileSync(record, "utf8").split("\n").length - 1
  if (passed === Number(kill)) process.kill(process.pid, "SIGKILL")
}
