import { errnoOf, type Problem } from "../system/errors.ts"
import { ForeignDatabase, NewerSchema } from "./schema.ts"

/** Why the ledger's file could not do what was asked. */
export type Failure =
  /** Not a database, damaged, or not ours: to be set aside. */
  | "broken"
  /** Another aim has set it aside while it was open here. */
  | "moved"
  | "newer"
  | "locked"
  /** Full disk, no permission, a folder in its place. */
  | "unusable"
  /** There is no state folder yet; nothing has been remembered, nothing is wrong. */
  | "no_folder"
  /** The entry, not the file, is at fault. */
  | "refused"

const BY_CODE: readonly [RegExp, Failure][] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, "broken"],
  [/^SQLITE_READONLY_DBMOVED/, "moved"],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, "locked"],
  [/^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|PERM|AUTH|NOLFS|NOMEM)/, "unusable"],
  [/^ENOENT$/, "no_folder"],
  [/^E[A-Z0-9]+$/, "unusable"],
]

/** Sorts what SQLite, the file system or a migration threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NewerSchema) return "newer"
  if (error instanceof ForeignDatabase) return "broken"
  const code = errnoOf(error) ?? ""
  if (code === "SQLITE_ERROR" && error instanceof Error && LACKS_OUR_TABLES.test(error.message))
    return "broken"
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? "refused"
}

const LACKS_OUR_TABLES = /^no such (table|column|index)|has no column named/

/** The warning for a failure; `detail` is the error's code or the name of the file set aside. */
export function problemOf(failure: Failure, file: string, detail: string): Problem | null {
  switch (failure) {
    case "broken":
    case "moved":
      return {
        code: "ledger_broken",
        message: `the ledger ${file} could not be read as a database; ${detail}`,
        hint: "nothing is needed: labels and logins are in secrets.json; what was set aside holds only usage and receipts, and may be deleted",
      }
    case "newer":
      return {
        code: "ledger_newer",
        message: `the ledger ${file} was written by a newer aim and is left alone; this command keeps its usage and receipts in memory only`,
        hint: "update aim on this machine",
      }
    case "locked":
      return {
        code: "ledger_locked",
        message: `another process has kept the ledger ${file} locked for too long; this command goes on in memory`,
        hint: "look for a stuck aim process, or a database tool that has the file open",
      }
    case "unusable":
      return {
        code: "ledger_unusable",
        message: `the ledger ${file} can't be opened or written (${detail}); this command goes on in memory`,
        hint: "check free space, and that the file and its folder belong to you",
      }
    case "refused":
      return {
        code: "ledger_entry_refused",
        message: `the ledger ${file} did not take an entry (${detail})`,
        hint: "please report this with the command that was run; nothing else was affected",
      }
    case "no_folder":
      return null
  }
}

/** The warning for a file that went since the state file was last written. */
export function lostProblem(file: string): Problem {
  return {
    code: "ledger_missing",
    message: `the ledger ${file} was gone; a new one was begun with what secrets.json remembers`,
    hint: "nothing is needed: labels and logins are in secrets.json; older usage and receipts are gone",
  }
}
