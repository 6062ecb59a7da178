/** What went wrong, as plain data: it is what a user reads and what `--json` prints. */
export type Problem = {
  /** A stable, snake_case name that scripts may match on. */
  code: string
  /** What happened, where. No secrets, no text from foreign files. */
  message: string
  /** The way out: a command, or what to change. */
  hint?: string
}

/** Exit codes of design §5: 1 blocked or failed with a reason, 2 wrong usage. */
export type ExitCode = 1 | 2

/** A problem that stops the command. Only `main` catches it, and turns it into an exit code. */
export class AimError extends Error {
  override readonly name = "AimError"
  readonly problem: Problem
  readonly exit: ExitCode

  constructor(code: string, message: string, hint?: string, exit: ExitCode = 1) {
    super(message)
    this.problem = hint === undefined ? { code, message } : { code, message, hint }
    this.exit = exit
  }
}

/** Stops the command with a named problem; see {@link AimError}. */
export function fail(code: string, message: string, hint?: string, exit: ExitCode = 1): never {
  throw new AimError(code, message, hint, exit)
}

/** Stops the command because it was called wrongly (exit 2). */
export function failUsage(code: string, message: string, hint?: string): never {
  throw new AimError(code, message, hint, 2)
}

/** The system's error name (`ENOENT`, `EACCES` …), or null for anything else. */
export function errnoOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null
  const code = (error as { code?: unknown }).code
  return typeof code === "string" ? code : null
}

/** True for the system's words for a disk, a quota or a limit of a file's size that is used up. */
export function isFull(errno: string): boolean {
  return errno === "ENOSPC" || errno === "EDQUOT" || errno === "EFBIG"
}
