import { describe, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import type { Document } from "../../src/domain/document.ts"
import {
  addQuarantine,
  patchAccount,
  patchTarget,
  putCredential,
} from "../../src/domain/document-edits.ts"
import { Secret } from "../../src/system/secret.ts"
import { DAY, HOUR, MINUTE } from "../../src/system/time.ts"
import { backupStamp, expiredStamps, nextStamp, stampTime } from "../../src/vault/backup-names.ts"
import { isGoodBackup, listBackups } from "../../src/vault/backups.ts"
import { openVault } from "../../src/vault/open.ts"
import { referenceState } from "./reference-state.ts"
import { backupsOf, put, stateFile } from "./temp-vault.ts"

/** Local noon, so that whole days before it are whole days in names. */
const NOON = new Date(2026, 10, 21, 12, 0, 0, 0).getTime()
const ENTRY = {
  id: "aa",
  at: "2026-01-01T00:00:00.000Z",
  provider: "openai-codex",
  label: null,
  reason: "conflict",
  identity: "x",
  credential: {},
} as const

const CHANGES: [name: string, change: (document: Document) => Document, backups: number][] = [
  ["an account", (d) => patchAccount(d, "boss", { n: 1 }), 1],
  ["a credential", (d) => putCredential(d, "openai-codex", "qa", { a: new Secret("x") }), 1],
  [
    "only a token",
    (d) =>
      putCredential(d, "openai-codex", "boss", {
        ...d.credentials["openai-codex"]?.boss,
        refresh: new Secret("x"),
      }),
    1,
  ],
  ["imports", (d) => ({ ...d, imports: {} }), 1],
  ["quarantine", (d) => addQuarantine(d, ENTRY), 1],
  ["a key of another program", (d) => ({ ...d, unknownLast: 2 }), 1],
  ["the removal of such a key", ({ unknownFirst: _gone, ...d }) => d as Document, 1],
  ["a receipt", (d) => patchTarget(d, "codexCli", { lastSelectionReceipt: {} }), 0],
  ["the active label", (d) => patchTarget(d, "codexCli", { activeLabel: "qa" }), 0],
  ["history", (d) => ({ ...d, pool: {} }), 0],
  ["nothing", (d) => d, 0],
]

describe("a backup", () => {
  test.each(CHANGES)("after a change of %s", async (_name, change, backups) => {
    const file = stateFile(referenceState())
    const before = readFileSync(file)
    await (await openVault(file)).commit(change)
    expect(backupsOf(file)).toHaveLength(backups)
    for (const name of backupsOf(file))
      expect(readFileSync(join(dirname(file), name)).equals(before)).toBe(true)
  })

  test("is made when an old schema is written anew", async () => {
    const file = stateFile({ schemaVersion: "0.1", pins: { openclaw: { main: "boss" } } })
    await (await openVault(file)).commit((d) => patchTarget(d, "codexCli", { activeLabel: "x" }))
    expect(backupsOf(file)).toHaveLength(1)
  })

  test("has the reference's name, and no two have the same", async () => {
    const file = stateFile(referenceState())
    const vault = await openVault(file, () => NOON)
    for (const n of [1, 2, 3]) await vault.commit((d) => patchAccount(d, "boss", { n }))
    expect(backupsOf(file)).toEqual([
      "secrets.json.bak.20261121-120000000",
      "secrets.json.bak.20261121-120000001",
      "secrets.json.bak.20261121-120000002",
    ])
  })

  test("is newer by name than those made before, even when the clock was set back", async () => {
    const file = stateFile(referenceState())
    put(`${file}.bak.20261121-130000000`, referenceState())
    const vault = await openVault(file, () => NOON)
    await vault.commit((d) => patchAccount(d, "boss", { n: 1 }))
    const [newest] = await listBackups(vault.paths)
    expect(basename(newest?.path ?? "")).toBe("secrets.json.bak.20261121-130000001")
  })
})

describe("pruning", () => {
  const every = (ms: number, count: number) =>
    Array.from({ length: count }, (_, n) => backupStamp(NOON - n * ms))

  test("keeps all of the last 20", () => {
    expect(expiredStamps(every(MINUTE, 20), NOON)).toEqual([])
    expect(expiredStamps(every(30 * DAY, 20), NOON)).toEqual([])
  })

  test("keeps the newest 20 of one day", () => {
    const stamps = every(MINUTE, 25)
    expect(expiredStamps(stamps, NOON)).toEqual(stamps.slice(20))
  })

  test("keeps the last one of each of 14 days beside them", () => {
    const today = every(MINUTE, 30)
    const before = Array.from({ length: 20 }, (_, n) => NOON - (n + 1) * DAY)
    const lasts = before.map((at) => backupStamp(at + 2 * HOUR))
    const firsts = before.map((at) => backupStamp(at - 2 * HOUR))
    const gone = new Set(expiredStamps([...today, ...firsts, ...lasts], NOON))
    expect(lasts.filter((stamp) => !gone.has(stamp))).toEqual(lasts.slice(0, 13))
    expect(firsts.filter((stamp) => !gone.has(stamp))).toEqual([])
    expect(today.filter((stamp) => !gone.has(stamp))).toEqual(today.slice(0, 20))
  })

  test("a year of commits every six hours never keeps more than 34", () => {
    let kept: string[] = []
    for (let at = NOON; at < NOON + 365 * DAY; at += 6 * HOUR) {
      kept.push(backupStamp(at))
      const gone = new Set(expiredStamps(kept, at))
      kept = kept.filter((stamp) => !gone.has(stamp))
    }
    expect(kept.length).toBeLessThanOrEqual(34)
    expect(kept.length).toBeGreaterThanOrEqual(28)
  })

  test("is done by a commit, and touches nothing else", async () => {
    const file = stateFile(referenceState())
    for (const stamp of every(MINUTE, 40)) put(`${file}.bak.${stamp}`, referenceState())
    const others = [
      `${file}.bak`,
      `${file}.bak.mine`,
      `${file}.old`,
      `${dirname(file)}/other.json.bak.20200101-000000000`,
    ]
    for (const other of others) writeFileSync(other, "mine")
    await (await openVault(file, () => NOON)).commit((d) => patchAccount(d, "boss", { n: 1 }))
    expect(backupsOf(file).filter((name) => /^secrets\.json\.bak\.\d/.test(name))).toHaveLength(20)
    for (const other of others) expect(readFileSync(other, "utf8")).toBe("mine")
  })
})

describe("the list", () => {
  test("is newest first, with the time of each", async () => {
    const file = stateFile(referenceState())
    for (const n of [2, 0, 1]) put(`${file}.bak.${backupStamp(NOON + n)}`, referenceState())
    put(`${file}.bak.notes`, "x")
    const { paths } = await openVault(file)
    expect((await listBackups(paths)).map(({ at }) => at)).toEqual([NOON + 2, NOON + 1, NOON])
  })

  test.each([
    ["a whole one", referenceState(), true],
    ["an old schema", { schemaVersion: "0.1" }, true],
    ["a newer schema", { schemaVersion: "1.0" }, false],
    ["a cut one", '{"schemaVersion":', false],
    ["an empty one", "", false],
  ])("knows good from bad: %s", async (_name, content, good) => {
    expect(await isGoodBackup(stateFile(content))).toBe(good)
  })

  test("stamps are read back", () => {
    expect(stampTime(backupStamp(NOON + 123))).toBe(NOON + 123)
    expect(stampTime("20261121-1200")).toBeNull()
  })

  test.each(["99991231-235959999", "20269999-999999999", "99999999-999999999"])(
    "a name that no clock has made, %s, holds nobody up",
    (odd) => {
      expect(nextStamp([odd], NOON)).toBe(backupStamp(NOON))
      expect(nextStamp([odd, backupStamp(NOON)], NOON)).toBe(backupStamp(NOON + 1))
    },
  )
})
