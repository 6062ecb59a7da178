import type { Finding } from "../domain/receipt.ts"
import { shellLine } from "../domain/shell-word.ts"
import { type Found, findDefinitions } from "../schedule/found.ts"
import type { Scope, WrittenJob } from "../schedule/job.ts"
import { type Machine, thisMachine } from "../schedule/machine.ts"
import { ownProgram } from "../schedule/program.ts"
import { schedulerOf } from "../schedule/registry.ts"
import { NOT_RUNNING, type Scheduler } from "../schedule/scheduler.ts"
import { watchedState } from "../schedule/watched-state.ts"
import { fileExists } from "../system/files.ts"
import type { Homes } from "../system/homes.ts"
import { realPath } from "../system/real-path.ts"
import { isoTime } from "../system/time.ts"
import { targetsFor } from "../targets/registry.ts"
import { scheduleFindings } from "./schedule/findings.ts"
import { scheduledTarget } from "./schedule/target.ts"
import { lastTick, type TickReceipt } from "./schedule/tick.ts"

/** The watch of one target on this machine; null is what is not known, or not there. */
export type Scheduled = {
  target: string
  installed: boolean
  scope: Scope | null
  files: string[]
  /** What the watch starts, whether it is still there, and whether it is this very aim. */
  program: string | null
  programExists: boolean | null
  programIsThis: boolean | null
  everySeconds: number | null
  /** The state file that it works on. */
  state: string | null
  stateIsThis: boolean | null
  enabled: boolean
  active: boolean
  nextAt: string | null
  lastAt: string | null
  lastResult: string | null
  lastReceipt: TickReceipt | null
  /** The command that shows the log of the ticks. */
  log: string | null
  warnings: Finding[]
}

/** `aim schedule status [target]`: what is installed, when it ticks, and what it said last. */
export async function scheduleStatus(
  homes: Homes,
  word: string | null,
  machine: Machine = thisMachine(homes),
): Promise<Scheduled[]> {
  const targets = word === null ? targetsFor(homes) : [scheduledTarget(homes, word)]
  const scheduler = schedulerOf(machine)
  return Promise.all(targets.map(({ id }) => scheduledOf(homes, machine, scheduler, id)))
}

async function scheduledOf(
  homes: Homes,
  machine: Machine,
  scheduler: Scheduler,
  target: string,
): Promise<Scheduled> {
  const ours = await findDefinitions(machine, scheduler, scheduler.name(target))
  const former = await findDefinitions(machine, scheduler, scheduler.formerName(target))
  const found = ours.find(({ files }) => files.length > 0)
  const running = found === undefined ? NOT_RUNNING : await scheduler.look(target, found.scope)
  const scheduled = {
    target,
    installed: found !== undefined,
    scope: found?.scope ?? null,
    files: found?.files.map(({ path }) => path) ?? [],
    ...(await programOf(found)),
    everySeconds: found?.written?.everySeconds ?? null,
    ...stateOf(homes, found?.written ?? null),
    enabled: running.enabled,
    active: running.active,
    nextAt: timeText(running.nextAt),
    lastAt: timeText(running.lastAt),
    lastResult: running.lastResult,
    lastReceipt: await lastTick(homes, target),
    log:
      found === undefined
        ? null
        : shellLine(scheduler.logCommand(target, found.scope, found.written)),
  }
  return { ...scheduled, warnings: scheduleFindings(scheduled, ours, former) }
}

async function programOf(found: Found | undefined) {
  const program = found?.written?.argv[0] ?? null
  return {
    program,
    programExists: program === null ? null : await fileExists(program),
    programIsThis: program === null ? null : realPath(program) === ownProgram(),
  }
}

function stateOf(homes: Homes, written: WrittenJob | null) {
  const state = written === null ? null : watchedState(written)
  return { state, stateIsThis: state === null ? null : state === realPath(homes.stateFile) }
}

function timeText(at: number | null): string | null {
  return at === null ? null : isoTime(at)
}
