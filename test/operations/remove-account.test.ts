import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { SILENT } from "../../src/domain/conversation.ts"
import { targetBlock } from "../../src/domain/document.ts"
import { patchTarget, putAccount } from "../../src/domain/document-edits.ts"
import { removeAccount } from "../../src/operations/remove-account.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { listInflight } from "../../src/vault/inflight.ts"
import { goodReply, leavePost } from "../pool/interrupted.ts"
import { someone } from "../support/conversation.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { backupsOf, pictureOf, thrownBy } from "../vault/temp-vault.ts"

/** `boss` in the client's home and one of its own, known to OpenClaw and to an authority; `qa`. */
async function traced(): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld(["boss", "qa"])
  const dir = await world.label("boss")
  await world.label("qa")
  await world.login("boss", { dir: world.codexHome })
  await world.take("boss", world.codexHome)
  await world.edit((document) => {
    const assignments = { one: "boss", two: "qa" }
    const assigned = patchTarget(document, "openclaw", { assignments })
    const codex = { source: "ssh://studio/x", labels: ["boss"] }
    return {
      ...patchTarget(assigned, "codexCli", { activeLabel: "boss", expectedAccountId: "x" }),
      imports: { authority: { codex } },
    }
  })
  return { ...world, dir }
}

const TOUCHES = ({ codexHome, dir }: { codexHome: string; dir: string }) => [
  "the stored login of `boss` leaves the vault; a backup keeps it",
  `${codexHome}/auth.json holds this login; it stays there, as a login of no label`,
  `${dir}/auth.json holds this login; it stays there, as a login of no label`,
  "OpenClaw agent `one` loses its assignment",
  "it was imported from ssh://studio/x: the next sync brings it back",
]

function newestBackup({ pool }: PoolWorld): string {
  const { file } = pool.vault.paths
  return readFileSync(join(file, "..", String(backupsOf(file).at(-1))), "utf8")
}

describe("removing a label", () => {
  test("says everything that it touches, asks, and leaves a backup and a receipt", async () => {
    await using world = await traced()
    const person = someone(true)
    const removed = await removeAccount(world.pool, "Boss", false, person)
    expect(removed).toEqual({ label: "boss", touches: TOUCHES(world) })
    expect(person.heard).toEqual([
      "to remove the label `boss`:",
      ...removed.touches.map((touch) => `- ${touch}`),
      "remove the label `boss`?",
    ])
    expect(newestBackup(world)).toContain((await world.held()).refresh_token)
    const [receipt] = world.pool.ledger.receipts({ limit: 1 })
    expect(receipt).toMatchObject({ action: "account_remove", status: "applied", label: "boss" })
    expect(receipt?.receipt.touches).toEqual(removed.touches)
  })

  test("takes it out of every place in the vault, and only it; no client's file changes", async () => {
    await using world = await traced()
    const homes = [world.codexHome, world.dir].map(pictureOf)
    await removeAccount(world.pool, "boss", true, SILENT)
    const document = await world.document()
    expect(Object.keys(document.accounts)).toEqual(["qa"])
    expect(Object.keys(document.credentials["openai-codex"] ?? {})).toEqual(["qa"])
    const codex = targetBlock(document, "codexCli")
    expect(codex).not.toHaveProperty("activeLabel")
    expect(codex).not.toHaveProperty("expectedAccountId")
    expect(codex.sourceHomes).toEqual({ [join(world.home, "logins/qa")]: { label: "qa" } })
    expect(targetBlock(document, "openclaw").assignments).toEqual({ two: "qa" })
    expect([world.codexHome, world.dir].map(pictureOf)).toEqual(homes)
  })

  test("keeps another label's place: the active one stays active", async () => {
    await using world = await traced()
    await removeAccount(world.pool, "qa", true, SILENT)
    const document = await world.document()
    expect(targetBlock(document, "codexCli")).toMatchObject({ activeLabel: "boss" })
    expect(targetBlock(document, "openclaw").assignments).toEqual({ one: "boss" })
  })

  test("takes the newest pair into the backup that keeps it", async () => {
    await using world = await traced()
    const rotated = await world.rotate(world.dir)
    await removeAccount(world.pool, "boss", true, SILENT)
    expect(newestBackup(world)).toContain(rotated)
  })

  test("finishes a refresh whose reply is on disk, for the backup's sake", async () => {
    await using world = await traced()
    const { reply, refresh } = goodReply(world, "qa")
    await leavePost(world, "qa", reply)
    await removeAccount(world.pool, "qa", true, SILENT)
    expect(newestBackup(world)).toContain(refresh)
    expect((await world.document()).quarantine).toBeUndefined()
  })

  test("ends its unfinished refresh and its readings with it", async () => {
    await using world = await traced()
    const key = keyOf("openai-codex", "boss")
    await leavePost(world, "boss", null)
    world.pool.ledger.cool(key, Date.now() + 60_000, "usage_limit")
    await removeAccount(world.pool, "boss", true, SILENT)
    expect(await listInflight(world.pool.vault)).toEqual([])
    expect(world.pool.ledger.coolingUntil(key, Date.now())).toBeNull()
  })

  test("that has no login says so", async () => {
    await using world = await openPoolWorld([])
    await world.edit((document) => putAccount(document, "empty", {}))
    const { touches } = await removeAccount(world.pool, "empty", true, SILENT)
    expect(touches).toEqual(["the label `empty` leaves the vault; a backup keeps it"])
  })

  test.each([
    ["a no", someone(false), "declined"],
    ["nobody there to ask", SILENT, "needs_yes"],
  ])("changes nothing after %s", async (_name, conversation, code) => {
    await using world = await traced()
    const before = await world.text()
    const stopped = await thrownBy(removeAccount(world.pool, "boss", false, conversation))
    expect(stopped).toMatchObject({ problem: { code } })
    expect(await world.text()).toBe(before)
    expect(world.pool.ledger.receipts({ limit: 1 })).toEqual([])
  })
})
