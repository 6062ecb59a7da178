import { expect, test } from "bun:test"
import { touchesOf } from "../../src/operations/restore/touches.ts"
import type { RestoreResult } from "../../src/operations/restore.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { backupLines, restoreLines } from "../../src/render/restore.ts"
import { DAY, HOUR } from "../../src/system/time.ts"

const NOW = Date.UTC(2026, 0, 31, 12)
const GOOD = {
  path: "/h/.aimgr/secrets.json.bak.20260131-100000000",
  name: "20260131-100000000",
  at: NOW - 2 * HOUR,
  bytes: 18_000,
  fault: null,
  labels: ["boss", "qa"],
  logins: 1,
}
const BROKEN = {
  ...GOOD,
  name: "20260128-120000000",
  at: NOW - 3 * DAY,
  bytes: 12,
  fault: "is not valid JSON (line 1, column 3)",
  labels: [],
}
const text = (lines: string[]) => `\n${lines.join("\n")}\n`

test("the list", () => {
  const gone = { ...BROKEN, bytes: null, fault: "can't be read (EACCES)" }
  expect(text(backupLines([BROKEN, GOOD, gone], NOW, PLAIN))).toMatchInlineSnapshot(`
    "
    backup              age  state     size  logins  labels
    20260128-120000000   3d  broken    12 B      --  is not valid JSON (line 1, col~
    20260131-100000000   2h  good    18 KiB       1  boss, qa
    20260128-120000000   3d  broken      --      --  can't be read (EACCES)
      hint: aim restore 20260131-100000000
    "
  `)
  expect(backupLines([BROKEN], NOW, PLAIN).join("\n")).not.toContain("hint")
  expect(backupLines([], NOW, PLAIN)).toEqual([
    "no backups yet: one is made before each change of labels",
  ])
})

const provider = "openai-codex" as const
const LABELS: RestoreResult["labels"] = [
  { provider, label: "boss", source: "same" },
  { provider, label: "late", source: "present" },
  { provider, label: "live", source: "store", store: "/h/.codex" },
  { provider, label: "old", source: "backup" },
]
const ASIDE = [{ id: "3f9c", label: "qa", reason: "not_in_backup", identity: "qa@example.test" }]
const PLAN = { document: {} as never, labels: LABELS, gone: ["qa"], aside: ASIDE }

test("what a restore touches", () => {
  expect(text(touchesOf(PLAN, { kind: "absent" }, false))).toMatchInlineSnapshot(`
    "
    \`boss\` keeps its login, which is the backup's
    \`late\` keeps its present login, which is newer than the backup's
    \`live\` gets the login in /h/.codex, which is the newest
    \`old\` gets the backup's login: none is newer
    \`qa\` is not in the backup: the label goes
    the present login of \`qa\` (qa@example.test) goes to quarantine
    "
  `)
  const refused = { kind: "refused", code: "state_broken", bytes: new Uint8Array() } as const
  const plan = { ...PLAN, labels: LABELS.slice(3), gone: [], aside: [] }
  expect(text(touchesOf(plan, { ...refused, document: null }, true))).toMatchInlineSnapshot(`
    "
    \`old\` gets the backup's login, whatever is newer
    tokens out of a backup are probably spent; a client that holds newer ones keeps them
    the present file can't be read; it is kept under another name
    "
  `)
  const readable = touchesOf(plan, { ...refused, document: {} as never }, false)
  expect(readable.at(-1)).toContain("its logins can be read")
})

test("what it came to", () => {
  const result: RestoreResult = {
    backup: GOOD.path,
    changed: true,
    kept: "/h/.aimgr/secrets.json.bak.20260131-120000000",
    touches: ["`boss` keeps its login, which is the backup's"],
    labels: LABELS,
    gone: [],
    quarantined: ASIDE,
    stores: [{ store: "/h/.codex", label: "boss", outcome: "reached" }],
  }
  expect(text(restoreLines(result, PLAIN))).toMatchInlineSnapshot(`
    "
    restored /h/.aimgr/secrets.json.bak.20260131-100000000:
      \`boss\` keeps its login, which is the backup's
      the file that stood there is now /h/.aimgr/secrets.json.bak.20260131-120000000
      \`boss\` in /h/.codex: brought up to date
      hint: aim quarantine list shows 1 login set aside
    "
  `)
  expect(restoreLines({ ...result, changed: false, kept: null }, PLAIN)).toEqual([
    `nothing to do: the state file is what ${GOOD.path} restores already`,
  ])
})
