import { describe, expect, test } from "bun:test"
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { KNOWN_KINDS, knownValues } from "../../src/operations/known-values.ts"
import { differences, pictureOf } from "../e2e/support/home-picture.ts"
import { tempFolder } from "../support/temp-folder.ts"

async function homeWith(state: string | object | null, backups: string[] = []): Promise<string> {
  const home = tempFolder("known")
  if (state === null) return home
  const text = typeof state === "string" ? state : JSON.stringify(state)
  await mkdir(join(home, ".aimgr"), { mode: 0o700 })
  for (const name of ["", ...backups.map((stamp) => `.bak.${stamp}`)])
    await writeFile(join(home, ".aimgr", `secrets.json${name}`), text, { mode: 0o600 })
  return home
}

const STATE = {
  schemaVersion: "0.2",
  accounts: {
    qa: { provider: "openai-codex", pool: { enabled: false } },
    boss: {},
    "two words": {},
    "a\u001b[31m": {},
    Upper: {},
    "x;reboot": {},
    claude1: { provider: "anthropic" },
    other: { provider: "elsewhere" },
  },
  credentials: {},
  quarantine: [
    { id: "3f9c", label: "boss", reason: "conflict", credential: {} },
    { id: "$(reboot)", label: "boss", reason: "conflict", credential: {} },
    { id: "4a00", reason: "label_gone", credential: {} },
  ],
}
const STAMPS = ["20260131-081500123", "20260201-081500123"]

describe("what aim's own files know", () => {
  test("labels, in their order, and only what can be one", async () => {
    const home = await homeWith(STATE)
    expect(await knownValues("label", { home })).toEqual([
      { value: "boss", note: "openai-codex" },
      { value: "claude1", note: "anthropic" },
      { value: "other", note: "another provider" },
      { value: "qa", note: "openai-codex, disabled" },
    ])
  })

  test("quarantined logins and backups", async () => {
    const home = await homeWith(STATE, STAMPS)
    expect(await knownValues("entry", { home })).toEqual([
      { value: "3f9c", note: "boss: conflict" },
      { value: "4a00", note: "no label: label_gone" },
    ])
    const backups = await knownValues("backup", { home })
    expect(backups.map(({ value }) => value)).toEqual(STAMPS.toReversed())
    const state = join(home, ".aimgr", "secrets.json")
    expect(await knownValues("backup", { home: "/nowhere", state })).toEqual(backups)
  })

  test("receipts, the newest first", async () => {
    const home = await homeWith(STATE)
    const ledger = openLedger(join(home, ".aimgr", "ledger.db"), { now: 0 })
    ledger.addReceipt(0, { action: "refresh", status: "applied", label: "boss" }, null)
    ledger.addReceipt(60_000, { action: "restore", status: "blocked" }, null)
    ledger.close()
    expect(await knownValues("receipt", { home })).toEqual([
      { value: "2", note: "1970-01-01T00:01:00.000Z restore blocked" },
      { value: "1", note: "1970-01-01T00:00:00.000Z refresh applied boss" },
    ])
  })
})

describe("nothing is known, and nothing is touched", () => {
  test.each<[what: string, state: string | object | null]>([
    ["no home at all", null],
    ["an empty file", ""],
    ["a broken one", '{"schemaVersion":"0.2","accounts":{"boss":{'],
    ["one of a newer aim", { ...STATE, schemaVersion: "9.0" }],
    ["another program's", { name: "x" }],
    ["a list", []],
  ])("in %s", async (_what, state) => {
    const home = await homeWith(state)
    const before = await pictureOf(home)
    for (const kind of KNOWN_KINDS) expect(await knownValues(kind, { home })).toEqual([])
    expect(differences(before, await pictureOf(home))).toEqual([])
    expect((await readdir(home, { recursive: true })).length).toBe(state === null ? 0 : 2)
  })

  test("while a state of an older schema is only migrated in memory", async () => {
    const home = await homeWith({ ...STATE, schemaVersion: "0.1" })
    await chmod(join(home, ".aimgr"), 0o755)
    const before = await pictureOf(home)
    expect((await knownValues("label", { home })).length).toBe(4)
    expect(differences(before, await pictureOf(home))).toEqual([])
  })
})
