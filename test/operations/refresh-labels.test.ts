import { describe, expect, test } from "bun:test"
import { patchAccount, putAccount } from "../../src/domain/document-edits.ts"
import { refreshLabels } from "../../src/operations/refresh-labels.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"

const refresh = (world: PoolWorld, label: string | null, { force = false } = {}) =>
  refreshLabels(world.pool, { label, all: label === null, force })
const kinds = (list: readonly { label: string; outcome: { kind: string } }[]) =>
  Object.fromEntries(list.map(({ label, outcome }) => [label, outcome.kind]))
const receipts = ({ pool }: PoolWorld) =>
  pool.ledger.receipts({ limit: 9 }).map(({ label, status, receipt }) => ({
    label,
    status,
    outcome: receipt.outcome,
    recovered: receipt.recovered,
  }))

async function three(): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "lessons", "qa"])
  await world.label("boss", { expiresInSeconds: 60 })
  await world.label("lessons")
  await world.label("qa", { expiresInSeconds: 60 })
  return world
}

describe("`refresh --all`", () => {
  test("refreshes what is due, each once; the others leave no receipt", async () => {
    await using world = await three()
    const result = await refresh(world, null)
    expect(kinds(result.labels)).toEqual({ boss: "refreshed", lessons: "not_due", qa: "refreshed" })
    expect(result.ok).toBe(true)
    expect(world.posts()).toHaveLength(2)
    const applied = { status: "applied", outcome: "refreshed", recovered: false } as const
    expect(receipts(world)).toContainAllValues([
      { label: "boss", ...applied },
      { label: "qa", ...applied },
    ])
  })

  test("brings each new pair to its stores", async () => {
    await using world = await three()
    const { stores } = await refresh(world, null)
    expect(stores.map(({ label, outcome }) => `${label} ${outcome}`).toSorted()).toEqual([
      "boss reached",
      "qa reached",
    ])
    const { refresh_token } = await world.held(`${world.home}/logins/boss`)
    expect(refresh_token).toBe(String(await world.stored("boss")))
    const [receipt] = world.pool.ledger.receipts({ label: "boss", limit: 1 })
    expect(receipt?.receipt.stores).toMatchObject([{ label: "boss", outcome: "reached" }])
  })

  test("does not wait with that for the other labels: a client may post the spent pair", async () => {
    await using world = await three()
    world.sim.addFault({ path: "/oauth/token", account: "qa", kind: "hold" })
    const inHome = async () => (await world.held(`${world.home}/logins/boss`)).refresh_token
    const before = await inHome()
    const refreshing = refresh(world, null)
    await world.sim.arrived(({ account }) => account === "qa")
    while ((await inHome()) === before) await Bun.sleep(5)
    world.sim.release()
    expect((await refreshing).ok).toBe(true)
  })

  test("has at most 8 of them under way at a time", async () => {
    const names = Array.from({ length: 9 }, (_, n) => `label-${n}`)
    await using world = await openPoolWorld(names)
    for (const name of names) await world.label(name, { expiresInSeconds: 60 })
    world.sim.addFault({ path: "/oauth/token", kind: "hold" })
    const refreshing = refresh(world, null)
    while (world.posts().length < 8) await Bun.sleep(5)
    await Bun.sleep(30)
    expect(world.posts()).toHaveLength(8)
    world.sim.clearFaults()
    world.sim.release()
    expect((await refreshing).ok).toBe(true)
  })

  test("leaves disabled labels and unknown providers alone", async () => {
    await using world = await three()
    await world.edit((document) => {
      const off = patchAccount(document, "qa", { pool: { enabled: false } })
      return putAccount(putAccount(off, "claude", { provider: "anthropic" }), "odd", {
        provider: "elsewhere",
      })
    })
    expect(kinds((await refresh(world, null)).labels)).toEqual({
      boss: "refreshed",
      claude: "no_login",
      lessons: "not_due",
    })
  })

  test("does not call an old misfortune a failure, a new one it does", async () => {
    await using world = await three()
    await world.edit((document) => putAccount(document, "empty", {}))
    world.sim.expire("boss", "refresh")
    const first = await refresh(world, null)
    expect([first.ok, kinds(first.labels).boss, kinds(first.labels).empty]).toEqual([
      false,
      "dead",
      "no_login",
    ])
    const second = await refresh(world, null)
    expect([second.ok, kinds(second.labels).boss]).toEqual([true, "dead"])
    expect(receipts(world).filter(({ label }) => label === "boss")).toEqual([
      { label: "boss", status: "blocked", outcome: "dead", recovered: false },
    ])
    const [receipt] = world.pool.ledger.receipts({ label: "boss", limit: 1 })
    expect(receipt).toMatchObject({
      action: "refresh",
      receipt: { reason: "refresh_token_expired", known: false },
    })
  })
})

describe("`refresh <label>`", () => {
  test("refreshes that one, if it is due or forced", async () => {
    await using world = await three()
    expect(kinds((await refresh(world, "Lessons")).labels)).toEqual({ lessons: "not_due" })
    expect(kinds((await refresh(world, "lessons", { force: true })).labels)).toEqual({
      lessons: "refreshed",
    })
    expect(world.posts()).toHaveLength(1)
  })

  test("of a dead label fails as often as it is asked for", async () => {
    await using world = await three()
    world.sim.expire("boss", "refresh")
    for (const known of [false, true]) {
      const { ok, labels } = await refresh(world, "boss")
      expect([ok, labels]).toEqual([
        false,
        [{ label: "boss", outcome: { kind: "dead", reason: "refresh_token_expired", known } }],
      ])
    }
  })

  test("captures what a client rotated, and brings it to the label's other stores", async () => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    await world.login("boss", { dir: world.codexHome })
    await world.take("boss", world.codexHome)
    const rotated = await world.rotate(world.codexHome)
    const { labels, stores } = await refresh(world, "boss")
    expect(labels[0]?.outcome).toEqual({ kind: "captured", store: world.codexHome })
    expect(stores).toEqual([{ store: dir, label: "boss", outcome: "reached" }])
    expect((await world.held(dir)).refresh_token).toBe(rotated)
  })

  test.each([
    ["nobody", { label: "nobody", all: false }, "unknown_label", 1, "the labels are: claude"],
    ["a label and all", { label: "claude", all: true }, "missing_label", 2, "aim refresh --all"],
    ["nothing", { label: null, all: false }, "missing_label", 2, "aim refresh --all"],
  ])("of %s stops", async (_name, which, code, exit, hint) => {
    await using world = await openPoolWorld([])
    await world.edit((document) => putAccount(document, "claude", { provider: "anthropic" }))
    expect(await thrownBy(refreshLabels(world.pool, { ...which, force: false }))).toMatchObject({
      problem: { code, hint },
      exit,
    })
  })
})
