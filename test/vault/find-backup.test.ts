import { describe, expect, test } from "bun:test"
import { dirname, join } from "node:path"
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
})
