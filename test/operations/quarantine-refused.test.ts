import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { SILENT } from "../../src/domain/conversation.ts"
import type { Document } from "../../src/domain/document.ts"
import { addQuarantine, patchAccount, putAccount } from "../../src/domain/document-edits.ts"
import { quarantineLogin } from "../../src/domain/quarantine.ts"
import { adoptEntry, dropEntry, showQuarantine } from "../../src/operations/quarantine.ts"
import { Secret } from "../../src/system/secret.ts"
import { someone } from "../support/conversation.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"

/** Labels boss and qa, and a login of an account in quarantine under an id. */
async function holding(account: string, id = "ab12cd34"): Promise<PoolWorld & { kept: string }> {
  const world = await openPoolWorld(["boss", "qa", "guest"])
  await world.label("boss")
  await world.label("qa")
  const dir = await world.login(account, { dir: join(world.home, "kept") })
  await keep(world, dir, id)
  return { ...world, kept: (await world.held(dir)).refresh_token }
}

async function keep(world: PoolWorld, dir: string, id: string): Promise<void> {
  const readback = await world.target.read(await world.store(dir))
  if (readback.kind !== "login") throw new Error("no login")
  const note = { id, at: 0, label: null, reason: "conflict" }
  await world.edit((document) => quarantineLogin(document, readback.login, note))
}

const ids = async (world: PoolWorld) =>
  (await showQuarantine(world.pool)).map(({ id, reason, label }) => [id, reason, label])
const receipt = ({ pool }: PoolWorld) => pool.ledger.receipts({ limit: 1 })[0]

const RAW = { rawReply: new Secret("<html>") }
const raw = (document: Document) =>
  addQuarantine(document, {
    id: "ee55",
    at: "2026-01-01T00:00:00.000Z",
    provider: "openai-codex",
    label: "boss",
    reason: "reply_unreadable",
    identity: "unknown",
    credential: RAW,
  })
const REFUSED: [string, string, string, string, string, string][] = [
  ["a stranger's label", "guest", "ab12", "boss", "identity_mismatch", "quarantine adopt ab12cd34"],
  ["a second name of a person", "qa", "ab12", "fresh", "login_already_labelled", "use `qa`"],
  [
    "another provider's label",
    "guest",
    "ab12",
    "claude",
    "wrong_provider",
    "adopt ab12cd34 <label>",
  ],
  [
    "a label that must be another's",
    "guest",
    "ab12",
    "pinned",
    "identity_mismatch",
    "account expect",
  ],
  ["a command's name", "guest", "ab12", "status", "reserved_label", "status-1"],
  [
    "an id that is not there",
    "guest",
    "zz",
    "guest",
    "unknown_quarantine_entry",
    "quarantine list",
  ],
  ["what nothing could be read from", "guest", "ee55", "fresh", "not_adoptable", "drop ee55"],
]

describe("an entry is not adopted, and nothing changes, for", () => {
  test.each(REFUSED)("%s", async (_name, account, id, label, code, hint) => {
    await using world = await holding(account)
    await world.edit((document) => {
      const claude = putAccount(raw(document), "claude", { provider: "anthropic" })
      return putAccount(claude, "pinned", { expect: { workspace: "elsewhere" } })
    })
    const before = await world.text()
    expect(await thrownBy(adoptEntry(world.pool, id, label))).toMatchObject({
      problem: { code, hint: expect.stringContaining(hint) },
    })
    expect(await world.text()).toBe(before)
  })

  test("another seat of the label's workspace, which is the expected one", async () => {
    await using world = await openPoolWorld([
      { name: "boss", accountId: "ws-1" },
      { name: "guest", accountId: "ws-1" },
    ])
    await world.label("boss")
    await world.edit((document) =>
      patchAccount(document, "boss", { expect: { workspace: "ws-1" } }),
    )
    await keep(world, await world.login("guest"), "ab12cd34")
    expect(await thrownBy(adoptEntry(world.pool, "ab12", "boss"))).toMatchObject({
      problem: { code: "identity_mismatch", message: expect.stringMatching(/^`boss` is boss@/) },
    })
  })

  test("an id that none begins with", async () => {
    await using world = await holding("guest")
    expect(await thrownBy(adoptEntry(world.pool, "zz", "guest"))).toMatchObject({
      problem: { message: "there is no entry `zz` in quarantine" },
    })
  })

  test("an id that two entries begin with", async () => {
    await using world = await holding("guest")
    await keep(world, await world.login("guest"), "ab99ff00")
    expect(await thrownBy(adoptEntry(world.pool, "ab", "guest"))).toMatchObject({
      problem: { message: "there is more than one entry `ab` in quarantine" },
    })
  })
})

describe("an entry that is dropped", () => {
  test("is said with its owner, is gone, and the others stay", async () => {
    await using world = await holding("guest")
    await world.edit(raw)
    const person = someone(true)
    const { identity } = (await showQuarantine(world.pool))[0] ?? {}
    expect(await dropEntry(world.pool, "ab12", false, person)).toEqual({
      id: "ab12cd34",
      reason: "conflict",
      identity: String(identity),
    })
    expect(person.heard).toEqual([
      `to drop ab12cd34, a login of ${identity}:`,
      "- a backup of the state file keeps it for a while",
      `drop ab12cd34, a login of ${identity}?`,
    ])
    expect(await ids(world)).toEqual([["ee55", "reply_unreadable", "boss"]])
    expect(receipt(world)).toMatchObject({ action: "quarantine_drop", status: "applied" })
    expect(receipt(world)?.receipt).toMatchObject({ id: "ab12cd34", reason: "conflict" })
  })

  test("stays after a no, and without `--yes` where nobody is", async () => {
    await using world = await holding("guest")
    for (const conversation of [someone(false), SILENT])
      await thrownBy(dropEntry(world.pool, "ab12", false, conversation))
    expect(await ids(world)).toHaveLength(1)
    await dropEntry(world.pool, "ab12", true, SILENT)
    expect(await ids(world)).toEqual([])
  })
})
