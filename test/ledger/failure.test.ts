import { describe, expect, test } from "bun:test"
import { type Failure, failureOf, problemOf } from "../../src/ledger/failure.ts"
import { ForeignDatabase, NewerSchema } from "../../src/ledger/schema.ts"

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

const cases: [Failure, string, string][] = [
  ["broken", "SQLITE_CORRUPT", ""],
  ["broken", "SQLITE_CORRUPT_INDEX", ""],
  ["broken", "SQLITE_NOTADB", ""],
  ["broken", "SQLITE_ERROR", "no such table: sample"],
  ["broken", "SQLITE_ERROR", "no such column: plan"],
  ["broken", "SQLITE_ERROR", "table sample has no column named plan"],
  ["moved", "SQLITE_READONLY_DBMOVED", ""],
  ["locked", "SQLITE_BUSY", ""],
  ["locked", "SQLITE_BUSY_SNAPSHOT", ""],
  ["locked", "SQLITE_LOCKED", ""],
  ["unusable", "SQLITE_FULL", ""],
  ["unusable", "SQLITE_READONLY", ""],
  ["unusable", "SQLITE_READONLY_DIRECTORY", ""],
  ["unusable", "SQLITE_IOERR_WRITE", ""],
  ["unusable", "SQLITE_CANTOPEN", ""],
  ["unusable", "EACCES", ""],
  ["unusable", "EROFS", ""],
  ["unusable", "ENOTDIR", ""],
  ["no_folder", "ENOENT", ""],
  ["refused", "SQLITE_CONSTRAINT_NOTNULL", ""],
  ["refused", "SQLITE_ERROR", "near x: syntax error"],
]

describe("failureOf", () => {
  test.each(cases)("%s: %s %s", (failure, code, message) => {
    expect(failureOf(coded(code, message))).toBe(failure)
  })

  test("knows our own errors, and takes any other for the entry's fault", () => {
    expect(failureOf(new NewerSchema())).toBe("newer")
    expect(failureOf(new ForeignDatabase())).toBe("broken")
    expect(failureOf(new TypeError("circular"))).toBe("refused")
    expect(failureOf("thrown text")).toBe("refused")
  })
})

test("every failure but a missing folder has a problem that names the file and a way out", () => {
  const failures: Failure[] = ["broken", "moved", "newer", "locked", "unusable", "refused"]
  for (const failure of failures) {
    const problem = problemOf(failure, "/home/x/.aimgr/ledger.db", "detail")
    expect(problem?.message).toContain("/home/x/.aimgr/ledger.db")
    expect(problem?.hint).toBeString()
  }
  expect(problemOf("no_folder", "/home/x/.aimgr/ledger.db", "detail")).toBeNull()
})
