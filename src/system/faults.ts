import { appendFileSync, readFileSync } from "node:fs"

/** Set by the build: true only in `dist/aim-faults`; a release build drops all of this. */
declare const AIM_FAULTS: boolean

/**
 * A place where a crash test may kill or delay this process. The one write function and the one network
 * function call it before and after each step. In a test build `AIM_FAULT_RECORD=<file>` appends
 * one line a point (step, place), numbered across all processes that share the file, and
 * `AIM_FAULT_KILL=<n>` dies with SIGKILL at the n-th point. `AIM_FAULT_SLOW_MS=<n>` stands still
 * for so long at each of them, as on a disk behind a slow network. `AIM_FAULT_LOOK=<script>` runs
 * a shell script at each, for a test that looks at what stands there at that moment.
 */
export function faultPoint(step: string, place: string): void {
  // Folded here, not in a constant of its own: only so does the release build drop `pass`.
  if (typeof AIM_FAULTS !== "undefined" && AIM_FAULTS) pass(step, place)
}

/**
 * By how much a test has set this process's clock, ms: what the file `AIM_FAULT_CLOCK` holds now. 0
 * in a release build.
 */
export function clockShift(): number {
  if (typeof AIM_FAULTS !== "undefined" && AIM_FAULTS) return shiftIn(process.env.AIM_FAULT_CLOCK)
  return 0
}

function shiftIn(file: string | undefined): number {
  return file === undefined ? 0 : Number(readFileSync(file, "utf8"))
}

function pass(step: string, place: string): void {
  const slow = Number(process.env.AIM_FAULT_SLOW_MS ?? 0)
  if (slow > 0) Bun.sleepSync(slow)
  const record = process.env.AIM_FAULT_RECORD
  if (record === undefined) return
  appendFileSync(record, `${step}\t${place}\n`)
  const look = process.env.AIM_FAULT_LOOK
  if (look !== undefined) Bun.spawnSync(["sh", "-c", look])
  const kill = process.env.AIM_FAULT_KILL
  if (kill === undefined) return
  const passed = readFileSync(record, "utf8").split("\n").length - 1
  if (passed === Number(kill)) process.kill(process.pid, "SIGKILL")
}
