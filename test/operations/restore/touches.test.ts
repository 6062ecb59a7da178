import { describe, expect, test } from "bun:test"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import type { Restoration, RestoredLabel } from "../../../src/domain/restore.ts"
import { touchesOf } from "../../../src/operations/restore/touches.ts"
import type { Present } from "../../../src/vault/present.ts"

const ABSENT: Present = { kind: "absent" }
const plan = (parts: Partial<Restoration>): Restoration => ({
  document: EMPTY_DOCUMENT,
  labels: [],
  gone: [],
  aside: [],
  ...parts,
})
const boss = (source: RestoredLabel["source"]): RestoredLabel => ({
  provider: "openai-codex",
  label: "boss",
  source,
  ...(source === "store" ? { store: "/home/x/.codex" } : {}),
})

describe("what a restore does to a label's login is one sentence", () => {
  test.each([
    ["same", false, "`boss` keeps its login, which is the backup's"],
    ["present", false, "`boss` keeps its present login, which is newer than the backup's"],
    ["store", false, "`boss` gets the login in /home/x/.codex, which is the newest"],
    ["backup", false, "`boss` gets the backup's login: none is newer"],
    ["same", true, "`boss` keeps its login, which is the backup's"],
    ["present", true, "`boss` keeps its present login, which is newer than the backup's"],
  ] as const)("%s (with tokens: %p)", (source, withTokens, sentence) => {
    expect(touchesOf(plan({ labels: [boss(source)] }), ABSENT, withTokens)).toEqual([sentence])
  })

  test("and old tokens are said to be probably spent, once", () => {
    const labels = [boss("backup"), { ...boss("backup"), label: "qa" }]
    expect(touchesOf(plan({ labels }), ABSENT, true)).toEqual([
      "`boss` gets the backup's login, whatever is newer",
      "`qa` gets the backup's login, whatever is newer",
      "tokens out of a backup are probably spent; a client that holds newer ones keeps them",
    ])
  })
})

test("labels that go, and logins that have no label any more, are named in this order", () => {
  const aside = [{ id: "ab", label: "qa", reason: "not_in_backup", identity: "qa@example.com" }]
  expect(touchesOf(plan({ labels: [boss("same")], gone: ["qa"], aside }), ABSENT, false)).toEqual([
    "`boss` keeps its login, which is the backup's",
    "`qa` is not in the backup: the label goes",
    "the present login of `qa` (qa@example.com) goes to quarantine",
  ])
})

const bytes = new Uint8Array()
const PRESENT: [Present, string[]][] = [
  [ABSENT, []],
  [
    { kind: "good", document: EMPTY_DOCUMENT, text: "{}" },
    ["the present file is kept as a backup"],
  ],
  [
    { kind: "refused", code: "state_broken", document: null, bytes },
    ["the present file can't be read; it is kept under another name"],
  ],
  [
    { kind: "refused", code: "state_newer", document: EMPTY_DOCUMENT, bytes },
    ["the present file is kept under another name; its logins can be read, the rest is not used"],
  ],
]

test.each(PRESENT.map(([present, said]) => [present.kind, present, said] as const))(
  "what becomes of a present file that is %s",
  (_kind, present, said) => expect(touchesOf(plan({}), present, false)).toEqual([...said]),
)
