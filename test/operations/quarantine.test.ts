import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { patchAccount } from "../../src/domain/document-edits.ts"
import { quarantineLogin } from "../../src/domain/quarantine.ts"
import { adoptEntry, showQuarantine } from "../../src/operations/quarantine.ts"
import { Secret } from "../../src/system/secret.ts"
import { goodReply, leavePost } from "../pool/interrupted.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

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
/** The refresh token of an entry. */
async function refreshOf(world: PoolWorld, id: string | null): Promise<string | null> {
  const entry = (await world.document()).quarantine?.find((one) => one.id === id)
  const { refresh } = entry?.credential ?? {}
  return refresh instanceof Secret ? refresh.reveal() : null
}

const receipt = ({ pool }: PoolWorld) => pool.ledger.receipts({ limit: 1 })[0]

test("what is kept is shown with whose it is and why, without its tokens", async () => {
  await using world = await holding("guest")
  const [entry] = await showQuarantine(world.pool)
  expect(entry).toMatchObject({
    id: "ab12cd34",
    reason: "conflict",
    label: null,
    provider: "openai-codex",
    adoptable: true,
    identity: expect.stringMatching(/^guest@example.test \(/),
  })
  expect(JSON.stringify(entry)).not.toContain(world.kept)
})

describe("an entry that is adopted", () => {
  test("becomes a new label's login and leaves quarantine", async () => {
    await using world = await holding("guest")
    const { label, adopted, replaced, stores } = await adoptEntry(world.pool, "AB12", "Guest")
    expect([label, adopted?.id, replaced, stores]).toEqual(["guest", "ab12cd34", null, []])
    expect(await world.stored("guest")).toBe(world.kept)
    expect((await world.document()).accounts.guest).toMatchObject({ pool: { enabled: true } })
    expect(await ids(world)).toEqual([])
    expect(receipt(world)).toMatchObject({
      action: "quarantine_adopt",
      status: "applied",
      label: "guest",
    })
  })

  test("takes the place of the label's own login, which goes to quarantine", async () => {
    await using world = await holding("boss")
    await world.edit((document) => patchAccount(document, "boss", { kept: 1 }))
    const { replaced } = await adoptEntry(world.pool, "ab12cd34", "boss")
    expect(await world.stored("boss")).toBe(world.kept)
    expect((await world.document()).accounts.boss).toMatchObject({ kept: 1 })
    expect(await ids(world)).toEqual([[String(replaced), "replaced", "boss"]])
  })

  test("of the expected person takes the place of a wrong login, with nothing of it left", async () => {
    await using world = await holding("guest")
    await world.edit((document) =>
      patchAccount(document, "boss", { expect: { email: "guest@example.test" } }),
    )
    const { replaced } = await adoptEntry(world.pool, "ab12cd34", "boss")
    expect(await world.stored("boss")).toBe(world.kept)
    const record = (await world.document()).credentials["openai-codex"]?.boss
    expect(record).not.toHaveProperty("formerPairs")
    expect(await ids(world)).toEqual([[String(replaced), "replaced", "boss"]])
  })

  test("reaches the label's homes, whose newer pair is taken in before and kept", async () => {
    await using world = await holding("boss")
    const dir = join(world.home, "logins", "boss")
    const rotated = await world.rotate(dir)
    const { stores, replaced } = await adoptEntry(world.pool, "ab12cd34", "boss")
    expect(stores).toMatchObject([{ store: dir, outcome: "reached" }])
    expect((await world.held(dir)).refresh_token).toBe(world.kept)
    expect(await refreshOf(world, replaced)).toBe(rotated)
  })

  test("finishes the label's interrupted refresh before: its pair is not lost", async () => {
    await using world = await holding("boss")
    const { reply, refresh } = goodReply(world, "boss")
    await leavePost(world, "boss", reply)
    const { replaced } = await adoptEntry(world.pool, "ab12cd34", "boss")
    expect(await refreshOf(world, replaced)).toBe(refresh)
  })
})
