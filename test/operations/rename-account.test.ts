import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { SILENT } from "../../src/domain/conversation.ts"
import { targetBlock } from "../../src/domain/document.ts"
import { patchTarget, putAccount, putCredential } from "../../src/domain/document-edits.ts"
import { renameAccount } from "../../src/operations/rename-account.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { recoverReplies } from "../../src/pool/recover.ts"
import { listInflight, readInflight } from "../../src/vault/inflight.ts"
import { leavePost } from "../pool/interrupted.ts"
import { someone } from "../support/conversation.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf, thrownBy } from "../vault/temp-vault.ts"

const boss = keyOf("openai-codex", "boss")
const chief = keyOf("openai-codex", "chief")

async function traced(): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld(["boss", "qa"])
  const dir = await world.label("boss")
  await world.label("qa")
  await world.edit((document) => {
    const assignments = { one: "boss", two: "qa" }
    const assigned = patchTarget(document, "openclaw", { assignments })
    return patchTarget(assigned, "codexCli", { activeLabel: "boss" })
  })
  return { ...world, dir }
}

const TOUCHES = [
  "the account and its stored login are called `chief` from now on",
  "OpenClaw agent `one` is assigned to `chief`",
]
const renamed = ({ pool }: PoolWorld) => renameAccount(pool, "boss", "chief", true, SILENT)

describe("renaming a label", () => {
  test("says everything that it touches, asks, and leaves a receipt", async () => {
    await using world = await traced()
    const person = someone(true)
    const renaming = await renameAccount(world.pool, "Boss", "Chief", false, person)
    expect(renaming).toEqual({ label: "chief", from: "boss", touches: TOUCHES })
    expect(person.heard).toEqual([
      "to rename `boss` to `chief`:",
      ...TOUCHES.map((touch) => `- ${touch}`),
      "rename `boss` to `chief`?",
    ])
    const [receipt] = world.pool.ledger.receipts({ limit: 1 })
    expect(receipt).toMatchObject({ action: "account_rename", status: "applied", label: "chief" })
    expect(receipt?.receipt.from).toBe("boss")
    expect(receipt?.receipt.touches).toEqual(TOUCHES)
  })

  test("brings login, homes and assignments under the new name; no client's file changes", async () => {
    await using world = await traced()
    const home = pictureOf(world.dir)
    const before = await world.document()
    await renamed(world)
    const after = await world.document()
    expect(Object.keys(after.accounts).toSorted()).toEqual(["chief", "qa"])
    expect(after.accounts.chief).toEqual(before.accounts.boss ?? {})
    const [old, now] = [before, after].map(({ credentials }) => credentials["openai-codex"] ?? {})
    expect(now).toEqual({ chief: old?.boss ?? {}, qa: old?.qa ?? {} })
    const codex = targetBlock(after, "codexCli")
    expect(codex.activeLabel).toBe("chief")
    expect(codex.sourceHomes).toEqual({
      [world.dir]: { label: "chief" },
      [join(world.home, "logins/qa")]: { label: "qa" },
    })
    expect(targetBlock(after, "openclaw").assignments).toEqual({ one: "chief", two: "qa" })
    expect(pictureOf(world.dir)).toEqual(home)
  })

  test("a killed switch to it is finished under the new name", async () => {
    await using world = await traced()
    const intent = (label: string) => ({ label, home: world.codexHome, pair: "p", at: "2026" })
    await world.edit((document) => {
      const ours = patchTarget(document, "codexCli", { switchIntent: intent("boss") })
      return patchTarget(ours, "claudeCli", { switchIntent: intent("qa") })
    })
    await renamed(world)
    const after = await world.document()
    expect(targetBlock(after, "codexCli").switchIntent).toEqual(intent("chief"))
    expect(targetBlock(after, "claudeCli").switchIntent).toEqual(intent("qa"))
  })

  test("leaves blocks alone that do not name it", async () => {
    await using world = await traced()
    const assignments = { one: "qa" }
    await world.edit((document) => {
      const other = patchTarget(document, "piCli", { activeLabel: "qa", kept: 1 })
      return patchTarget(other, "openclaw", { assignments })
    })
    await renamed(world)
    const { targets } = await world.document()
    expect(targets).toMatchObject({
      piCli: { activeLabel: "qa", kept: 1 },
      openclaw: { assignments },
    })
  })

  test("takes its cooldown and its unfinished refresh along", async () => {
    await using world = await traced()
    const until = Date.now() + 60_000
    world.pool.ledger.cool(boss, until, "usage_limit")
    await leavePost(world, "boss", null)
    const note = await readInflight(world.pool.vault, boss)
    await renamed(world)
    expect(world.pool.ledger.coolingUntil(chief, Date.now())).toBe(until)
    expect(await listInflight(world.pool.vault)).toEqual([chief])
    expect(await readInflight(world.pool.vault, chief)).toEqual(note)
    expect(await recoverReplies(world.pool)).toEqual([])
  })

  test("that has no login says so", async () => {
    await using world = await openPoolWorld([])
    await world.edit((document) => putAccount(document, "boss", {}))
    expect((await renamed(world)).touches).toEqual([
      "the account, without a login, is called `chief` from now on",
    ])
  })
})

type Change = Parameters<PoolWorld["edit"]>[0]
const REFUSED: [string, Change, string, string][] = [
  [
    "a label of that name",
    (it) => putAccount(it, "chief", {}),
    "label_exists",
    "aim account show chief",
  ],
  [
    "a login under that name that has no account: it would be lost",
    (it) => putCredential(it, "openai-codex", "chief", { refresh: "x" }),
    "login_without_label",
    "aim account add chief",
  ],
  [
    "an authority that calls it so",
    (it) => ({ ...it, imports: { authority: { codex: { source: "s", labels: ["boss"] } } } }),
    "label_imported",
    "rename it there",
  ],
]

describe("a label is not renamed, and nothing changes, where there is", () => {
  test.each(REFUSED)("%s", async (_name, change, code, hint) => {
    await using world = await traced()
    await world.edit(change)
    const before = await world.text()
    expect(await thrownBy(renamed(world))).toMatchObject({
      problem: { code, hint: expect.stringContaining(hint) },
    })
    expect(await world.text()).toBe(before)
  })

  test("a label of that name with an unfinished refresh of its own, which stays its own", async () => {
    await using world = await traced()
    for (const label of ["boss", "qa"]) await leavePost(world, label, null)
    const qa = keyOf("openai-codex", "qa")
    const note = await readInflight(world.pool.vault, qa)
    await thrownBy(renameAccount(world.pool, "boss", "qa", true, SILENT))
    expect(await readInflight(world.pool.vault, qa)).toEqual(note)
  })

  test("a no", async () => {
    await using world = await traced()
    const before = await world.text()
    const refused = renameAccount(world.pool, "boss", "chief", false, someone(false))
    expect(await thrownBy(refused)).toMatchObject({ problem: { code: "declined" } })
    expect(await world.text()).toBe(before)
  })

  test("a command of that name", async () => {
    await using world = await traced()
    const refused = renameAccount(world.pool, "boss", "status", true, SILENT)
    expect(await thrownBy(refused)).toMatchObject({ problem: { code: "reserved_label" }, exit: 2 })
  })
})
