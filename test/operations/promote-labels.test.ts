import { describe, expect, test } from "bun:test"
import { importStatus } from "../../src/domain/import/status.ts"
import { promotePending } from "../../src/operations/promote/pending.ts"
import { promoteLabels } from "../../src/operations/promote-labels.ts"
import { openAuthority, openTwoHomes, type TwoHomes } from "../support/two-homes.ts"
import { pictureOf, thrownBy } from "../vault/temp-vault.ts"

const promote = (world: TwoHomes, labels = ["boss"], how: { to?: string; dryRun?: boolean } = {}) =>
  promoteLabels(world.pool, "openai-codex", {
    to: how.to ?? world.authority.file,
    labels,
    dryRun: how.dryRun ?? false,
  })
const dirty = async (world: TwoHomes) =>
  importStatus(await world.document(), "openai-codex").dirtyLabels

/** Both have the label, and it was logged in anew here. */
async function changedHere(labels = ["boss"]): Promise<TwoHomes> {
  const world = await openTwoHomes(labels)
  await world.sync()
  await world.take("boss", await world.login("boss"))
  return world
}

describe("a promotion", () => {
  test("brings the login to the authority, and the label is clean", async () => {
    await using world = await changedHere()
    expect(await dirty(world)).toEqual(["boss"])
    const result = await promote(world)
    expect(result).toMatchObject({
      ok: true,
      promoted: {
        action: "promote_codex",
        status: "applied",
        target: world.authority.file,
        labels: ["boss"],
      },
      dirtyLabels: ["boss"],
    })
    expect(await world.authority.stored("boss")).toBe(await world.stored("boss"))
    expect(await dirty(world)).toEqual([])
    const { labelsByName } = importStatus(await world.document(), "openai-codex")
    expect(labelsByName.boss?.lastPromotedAt).toBe(result.promoted.observedAt)
    expect((await world.sync()).plan.items).toMatchObject([{ change: "kept", reason: "same" }])
  })

  test("stands in the ledger of both", async () => {
    await using world = await changedHere()
    await promote(world)
    const actions = ({ ledger }: TwoHomes["pool"]) =>
      ledger.receipts({ limit: 9 }).map(({ action, status }) => [action, status])
    expect(actions(world.pool)).toContainEqual(["codex_promote", "applied"])
    expect(actions(world.authority.pool)).toContainEqual(["apply_codex_promotion", "applied"])
  })

  test("again is a noop", async () => {
    await using world = await changedHere()
    await promote(world)
    expect(await promote(world)).toMatchObject({ ok: true, promoted: { status: "noop" } })
  })

  test("whose answer was lost succeeds when it is repeated", async () => {
    await using world = await changedHere()
    const before = await world.text()
    await promote(world)
    await Bun.write(world.pool.vault.paths.file, before)
    expect(await dirty(world)).toEqual(["boss"])
    expect(await promote(world)).toMatchObject({ ok: true, promoted: { status: "noop" } })
    expect(await dirty(world)).toEqual([])
  })

  test("dry, it changes nothing", async () => {
    await using world = await changedHere()
    const before = pictureOf(world.home)
    expect(await promote(world, ["boss"], { dryRun: true })).toMatchObject({
      promoted: { status: "dry_run", labels: ["boss"] },
      dirtyLabels: ["boss"],
    })
    expect(pictureOf(world.home)).toEqual(before)
  })

  test("takes in first what the client has renewed", async () => {
    await using world = await openTwoHomes()
    await world.sync()
    await world.take("boss", await world.login("boss", { dir: world.codexHome }))
    const rotated = await world.rotate(world.codexHome)
    expect((await promote(world)).captured).toMatchObject([{ label: "boss" }])
    expect(await world.authority.stored("boss")).toBe(rotated)
  })

  test("of a label that was imported without a login and captured here is taken", async () => {
    await using world = await openTwoHomes(["qa"], { others: ["boss"] })
    await world.authority.edit((document) => ({
      ...document,
      accounts: { ...document.accounts, boss: { provider: "openai-codex" } },
    }))
    await world.sync()
    await world.take("boss", await world.login("boss"))
    expect(await dirty(world)).toEqual(["boss"])
    expect(await promote(world)).toMatchObject({ promoted: { status: "applied" } })
    expect(await world.authority.stored("boss")).toBe(await world.stored("boss"))
  })
})

describe("nothing is promoted", () => {
  const refused = async (world: TwoHomes, labels?: string[], to?: string) => {
    const [here, there] = [await world.text(), await world.authority.text()]
    const error = await thrownBy(promote(world, labels, to === undefined ? {} : { to }))
    expect([await world.text(), await world.authority.text()]).toEqual([here, there])
    return (error as { problem: { code: string; message: string } }).problem
  }

  test("where the authority's login has changed; the pair here stays dirty", async () => {
    await using world = await changedHere()
    await world.authority.label("boss")
    const { message } = await refused(world)
    expect(message).toContain("authority credentials changed since the consumer imported them")
    expect(await dirty(world)).toEqual(["boss"])
    const [receipt] = world.pool.ledger.receipts({ limit: 1 })
    expect(receipt).toMatchObject({ action: "codex_promote", status: "blocked", target: "codex" })
    expect(receipt?.receipt).toMatchObject({ labels: ["boss"], blockers: [{ detail: message }] })
  })

  test("of several labels, where one of them can't be", async () => {
    await using world = await changedHere(["boss", "qa"])
    await world.take("qa", await world.login("qa"))
    await world.authority.label("qa")
    await refused(world, ["boss", "qa"])
    expect(await dirty(world)).toEqual(["boss", "qa"])
  })

  test("to another authority than it came from", async () => {
    await using world = await changedHere()
    const other = await openAuthority(world, "other")
    await other.label("boss")
    other.pool.ledger.close()
    const { code, message } = await refused(world, ["boss"], other.file)
    expect(code).toBe("other_authority")
    expect(message).toContain(`requested target=${other.file}`)
  })

  test("of a label of this machine, or without an import", async () => {
    await using world = await openTwoHomes(["boss"], { others: ["mine"] })
    await world.label("mine")
    expect((await refused(world, ["mine"])).code).toBe("no_authority_source")
    await world.sync()
    expect((await refused(world, ["mine"])).code).toBe("label_not_imported")
  })

  test("without a label, without an authority", async () => {
    await using world = await changedHere()
    expect(await thrownBy(promote(world, []))).toMatchObject({ exit: 2 })
    const how = { to: null, labels: ["boss"], dryRun: false }
    expect(await thrownBy(promoteLabels(world.pool, "openai-codex", how))).toMatchObject({
      problem: { code: "missing_authority" },
      exit: 2,
    })
  })
})

describe("unasked", () => {
  test("what grew out of the authority's present login is handed over", async () => {
    await using world = await changedHere()
    expect(await promotePending(world.pool, "openai-codex")).toEqual({
      labels: ["boss"],
      problem: null,
    })
    expect(await world.authority.stored("boss")).toBe(await world.stored("boss"))
    expect(await dirty(world)).toEqual([])
  })

  test("what did not is left alone", async () => {
    await using world = await changedHere()
    await world.authority.label("boss")
    const there = await world.authority.text()
    expect(await promotePending(world.pool, "openai-codex")).toEqual({ labels: [], problem: null })
    expect(await world.authority.text()).toBe(there)
    expect(await dirty(world)).toEqual(["boss"])
  })

  test("an authority that is away is named once, and then let alone for a while", async () => {
    await using world = await changedHere()
    await Bun.file(world.authority.file).delete()
    const first = await promotePending(world.pool, "openai-codex")
    expect(first).toMatchObject({ labels: [], problem: { code: expect.any(String) } })
    expect(await promotePending(world.pool, "openai-codex")).toEqual({ labels: [], problem: null })
  })
})
