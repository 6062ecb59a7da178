import { describe, expect, test } from "bun:test"
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import type { AimError } from "../../src/system/errors.ts"
import { openBackup, viewBackups } from "../../src/vault/find-backup.ts"
import { openVault } from "../../src/vault/open.ts"
import { referenceState } from "./reference-state.ts"
import { put, stateFile, thrownBy } from "./temp-vault.ts"

const small = (...labels: string[]) => ({
  schemaVersion: "0.2",
  accounts: Object.fromEntries(labels.map((label) => [label, {}])),
  credentials: { "openai-codex": { a: { refresh: "CANARY" } } },
})

async function withBackups() {
  const file = stateFile(referenceState())
  put(`${file}.bak.20260101-080000000`, small("b", "a"))
  put(`${file}.bak.20260102-080000000`, "{ broken CANARY")
  put(`${file}.bak.20260102-090000000`, { schemaVersion: "9" })
  put(`${file}.bak.20260103-080000000`, { version: 1, accounts: { Old: {} } })
  put(`${file}.bak.nonsense`, small("x"))
  return (await openVault(file)).paths
}

test("backups are listed newest first, with what is in them and no token", async () => {
  const paths = await withBackups()
  const views = await viewBackups(paths)
  expect(views.map(({ name, fault, labels, logins }) => ({ name, fault, labels, logins }))).toEqual(
    [
      { name: "20260103-080000000", fault: null, labels: ["old"], logins: 0 },
      {
        name: "20260102-090000000",
        fault: expect.stringContaining("newer schema"),
        labels: [],
        logins: 0,
      },
      {
        name: "20260102-080000000",
        fault: expect.stringContaining("not valid JSON"),
        labels: [],
        logins: 0,
      },
      { name: "20260101-080000000", fault: null, labels: ["a", "b"], logins: 1 },
    ],
  )
  expect(views[0]?.bytes).toBeGreaterThan(10)
  expect(JSON.stringify(views)).not.toContain("CANARY")
})

describe("a backup is found by", () => {
  test.each([
    ["a part that only one has", "0103"],
    ["its name", "20260101-080000000"],
    ["the file's name", "secrets.json.bak.20260103-080000000"],
  ])("%s", async (_name, typed) => {
    const paths = await withBackups()
    const { path } = await openBackup(paths, typed, "/")
    expect(path).toContain(typed)
  })

  test("its path, wherever it lies", async () => {
    const paths = await withBackups()
    const elsewhere = join(dirname(paths.dir), "copy.json")
    put(elsewhere, small("a"))
    expect((await openBackup(paths, elsewhere, "/")).path).toBe(elsewhere)
    expect((await openBackup(paths, "./copy.json", dirname(paths.dir))).path).toBe(elsewhere)
  })

  test.each([
    ["2026010", "ambiguous_backup"],
    ["2027", "unknown_backup"],
    ["20260102-08", "backup_unusable"],
    ["/nowhere/x.json", "backup_unusable"],
  ])("not by `%s`: %s", async (typed, code) => {
    const error = await thrownBy(openBackup(await withBackups(), typed, "/"))
    expect(error).toMatchObject({ problem: { code, hint: expect.stringContaining("aim restore") } })
  })

  test("and what was typed by mistake is not repeated", async () => {
    const error = await thrownBy(openBackup(await withBackups(), `rt.${"CANARY1".repeat(6)}`, "/"))
    expect(JSON.stringify((error as { problem: object }).problem)).not.toContain("CANARY")
  })

  test("and an ambiguous name says which there are, three at most, and how to name one", async () => {
    const paths = await withBackups()
    const problem = async (typed: string) =>
      ((await thrownBy(openBackup(paths, typed, "/"))) as { problem: object }).problem
    expect(await problem("20260102")).toMatchObject({
      message: "2 backups have `20260102` in their name: 20260102-090000000, 20260102-080000000",
      hint: "name one of them whole: aim restore 20260102-090000000",
    })
    expect(await problem("2026")).toMatchObject({
      message:
        "4 backups have `2026` in their name: 20260103-080000000, 20260102-090000000, 20260102-080000000 ...",
    })
  })

  test.each([
    ["2027", "`2027`"],
    ["77", "`77`"],
    ["x".repeat(41), "`...`"],
    ["x y", "`...`"],
    ["ab".repeat(12), "`...`"],
  ])("and a name that none has is repeated only if it can be no token: %s", async (typed, said) => {
    const { problem } = (await thrownBy(openBackup(await withBackups(), typed, "/"))) as AimError
    expect(problem.message).toBe(`no backup is called ${said}`)
  })

  test("and what is wrong with it is said", async () => {
    const paths = await withBackups()
    const { problem } = (await thrownBy(openBackup(paths, "/nowhere/x.json", "/"))) as AimError
    expect(problem.message).toBe("the backup /nowhere/x.json is not there; nothing was changed")
    const folder = (await thrownBy(openBackup(paths, paths.dir, "/"))) as AimError
    expect(folder.problem.message).toStartWith(`the backup ${paths.dir} can't be read (`)
  })
})

test("a backup that can't be read is listed with what is wrong", async () => {
  const paths = await withBackups()
  mkdirSync(`${paths.realFile}.bak.20260104-080000000`)
  expect((await viewBackups(paths))[0]).toMatchObject({
    name: "20260104-080000000",
    bytes: null,
    fault: expect.stringMatching(/^can't be read \(/),
    labels: [],
    logins: 0,
  })
})
