import type { Job, Scope, UnitFile, WrittenJob } from "./job.ts"

/** A command of the system's own. One that `mayFail` finds nothing to do when it does. */
export type Command = { argv: readonly string[]; mayFail: boolean }

/** What a manager knows of a definition; null where it does not say. Times are epoch ms. */
export type Running = {
  /** Whether it starts again by itself, after a boot or a login. */
  enabled: boolean
  /** Whether it is waiting for its next tick, or ticking. */
  active: boolean
  ticking: boolean
  nextAt: number | null
  lastAt: number | null
  /** How the last tick ended, in the manager's own word; `success` is a good one. */
  lastResult: string | null
}

/** One kind of manager: what is written for it, which commands it takes, and what it says. */
export type Scheduler = {
  name(target: string): string
  /** What the reference program's definition of the same is called. */
  formerName(target: string): string
  /** The files of a definition, the one that others hang on first. */
  paths(folder: string, name: string): string[]
  files(job: Job, folder: string): UnitFile[]
  read(files: readonly UnitFile[]): WrittenJob | null
  /** Takes new files in, sees to it that the watch starts by itself, and starts it. */
  begin(target: string, scope: Scope, folder: string): Command[]
  /** Stops it for good; to be done before its files go. */
  end(name: string, scope: Scope): Command[]
  /** To be done when its files are gone. */
  forget(name: string, scope: Scope): Command[]
  /** Ticks once, now, just as the manager does by itself. */
  tick(target: string, scope: Scope): readonly string[]
  /** What shows the log of the ticks. */
  logCommand(
    target: string,
    scope: Scope,
    written: Pick<WrittenJob, "logFile"> | null,
  ): readonly string[]
  /** Whether there is such a manager that answers. */
  answers(scope: Scope): Promise<boolean>
  look(target: string, scope: Scope): Promise<Running>
  /** False where a user's ticks end with the last login; null where that is not known. */
  outlivesLogin(user: string): Promise<boolean | null>
}

export const NOT_RUNNING: Running = {
  enabled: false,
  active: false,
  ticking: false,
  nextAt: null,
  lastAt: null,
  lastResult: null,
}
