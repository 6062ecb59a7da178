/** Whose manager runs the watch: the user's own, or the machine's. */
export type Scope = "user" | "system"

export type Owner = { user: string; group: string }

/** What a scheduler is to do, before any of it is text. All paths are absolute and real. */
export type Job = {
  /** The client that is watched, such as `codex`. */
  target: string
  /** The program and its words; nothing secret. */
  argv: readonly string[]
  /** The whole environment that the tick needs; nothing secret. */
  environment: Readonly<Record<string, string>>
  everySeconds: number
  /** Whom the machine's manager runs it as; null for the user's own, which knows no other. */
  owner: Owner | null
  /** Folders that a tick writes in: the user home, the state's, clients' homes elsewhere. */
  writable: readonly string[]
  /** Where launchd, which keeps no journal, puts what a tick complains of. */
  logFile: string
}

/** What an installed definition says of itself. */
export type WrittenJob = Pick<Job, "argv" | "environment"> & {
  everySeconds: number | null
  /** Null where a journal has it. */
  logFile: string | null
}

/** A file of a definition, by its whole path. */
export type UnitFile = { path: string; text: string }

/** Whose manager starts a job: the machine's where it has to say as whom it runs. */
export function scopeOf({ owner }: Pick<Job, "owner">): Scope {
  return owner === null ? "user" : "system"
}
