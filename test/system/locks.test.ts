import { afterAll, describe, expect, test } from "bun:test"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AimError } from "../../src/system/errors.ts"
import { withLock } from "../../src/system/locks.ts"

const folder = mkdtempSync(join(tmpdir(), "aim-locks-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function problemOf(locks: string) {
  const error = await withLock(locks, "vault", async () => null).catch((caught) => caught)
  expect(error).toBeInstanceOf(AimError)
  return (error as AimError).problem
}

describe("a lock that can't be taken is a problem with a way out, and no fault of aim", () => {
  test("its folder can't be made", async () => {
    writeFileSync(join(folder, "file"), "")
    const locks = join(folder, "file", "locks")
    expect(await problemOf(locks)).toEqual({
      code: "state_unwritable",
      message: `the lock file ${join(locks, "vault.db")} can't be made (ENOTDIR)`,
      hint: `check the owner and permissions of ${locks} and of the folders above it`,
    })
  })

  test("its file is something else", async () => {
    const locks = join(folder, "locks")
    await withLock(locks, "vault", async () => null)
    writeFileSync(join(locks, "vault.db"), "not a database, and longer than a header ".repeat(50))
    expect(await problemOf(locks)).toMatchObject({
      code: "lock_unusable",
      message: expect.stringContaining(join(locks, "vault.db")),
      hint: expect.stringContaining(locks),
    })
  })
})
