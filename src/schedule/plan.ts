import type { Found } from "./found.ts"
import { type Job, type Scope, scopeOf, type UnitFile } from "./job.ts"
import type { Machine } from "./machine.ts"
import type { Command, Running, Scheduler } from "./scheduler.ts"
import { watchedState } from "./watched-state.ts"

/** One thing to do. What lies in or acts on the machine's own folders is done as root. */
export type Step = { asRoot: boolean } & (
  | { act: "write"; path: string; text: string }
  | { act: "remove"; path: string }
  | ({ act: "run" } & Command)
)

/** What stands on this machine for a target now. */
export type Standing = {
  ours: readonly Found[]
  /** The reference program's definitions of the same watch. */
  former: readonly Found[]
  running: Running
}

export type Plan = {
  files: readonly UnitFile[]
  steps: readonly Step[]
  /** What of somebody's own making goes, a sentence each: to be agreed to. */
  replaces: readonly string[]
}

/**
 * What makes this job the one watch of its target, in this scope. No steps where all of it stands
 * and runs already.
 */
export function planInstall(
  scheduler: Scheduler,
  machine: Machine,
  job: Job,
  { ours, former, running }: Standing,
): Plan {
  const scope = scopeOf(job)
  const folder = machine.folders[scope]
  const files = scheduler.files(job, folder)
  const present = ours.find((found) => found.scope === scope)
  const others = [...ours.filter((found) => found.scope !== scope), ...former]
  const changed = files.filter(({ path, text }) => textAt(present, path) !== text)
  const stands = changed.length === 0 && running.enabled && running.active
  const begin = stands ? [] : scheduler.begin(job.target, scope, folder)
  return {
    files,
    steps: [
      ...others.flatMap((found) => endOf(scheduler, found)),
      ...changed.map((file): Step => ({ act: "write", ...file, asRoot: scope === "system" })),
      ...runs(begin, scope),
    ],
    replaces: [
      ...others.map(({ name, files: [file] }) => `${name} goes (${file?.path ?? ""})`),
      ...elsewhere(job, present),
    ],
  }
}

/** What takes aim's own watches of a target away. No steps where there is none. */
export function planRemove(scheduler: Scheduler, ours: readonly Found[]): Step[] {
  return ours.flatMap((found) => endOf(scheduler, found))
}

/** True where a step needs what only root may do. */
export function needsRoot(steps: readonly Step[]): boolean {
  return steps.some(({ asRoot }) => asRoot)
}

function endOf(scheduler: Scheduler, { name, scope, files }: Found): Step[] {
  return [
    ...runs(scheduler.end(name, scope), scope),
    ...files.map(({ path }): Step => ({ act: "remove", path, asRoot: scope === "system" })),
    ...runs(scheduler.forget(name, scope), scope),
  ]
}

function runs(commands: readonly Command[], scope: Scope): Step[] {
  return commands.map((command) => ({ act: "run", ...command, asRoot: scope === "system" }))
}

function textAt(found: Found | undefined, path: string): string | null {
  return found?.files.find((file) => file.path === path)?.text ?? null
}

/** One watch a target: one that works on another state file would end without a word. */
function elsewhere(job: Job, present: Found | undefined): string[] {
  if (present === undefined || present.written === null) return []
  const [before, after] = [watchedState(present.written), watchedState(job)]
  return before === after || before === null ? [] : [`${present.name} watches ${before} no more`]
}
