import { describe, expect, test } from "bun:test"
import { patchAccount, putAccount } from "../../src/domain/document-edits.ts"
import { type ActivateOptions, activate } from "../../src/operations/activate.ts"
import { storeKey } from "../../src/pool/stores.ts"
import { tryLock } from "../../src/system/locks.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf, thrownBy } from "../vault/temp-vault.ts"

const use = (world: PoolWorld, options: Partial<ActivateOptions> = {}) =>
  activate(world.pool, world.target, {
    label: null,
    next: false,
    dryRun: false,
    adopt: null,
    replaceUnmanaged: false,
    ...options,
  })
const receipts = ({ pool }: PoolWorld) => pool.ledger.receipts({ limit: 9 })

async function pool(names = ["boss", "qa"]): Promise<PoolWorld> {
  const world = await openPoolWorld([...names, "guest"])
  for (const name of names) await world.label(name)
  return world
}

describe("`use`", () => {
  test("switches the home, leaves its receipt, and a second run is a noop that touches no file", async () => {
    await using world = await pool()
    const first = await use(world)
    expect(first).toMatchObject({ ok: true, dryRun: false, receipt: { status: "activated" } })
    expect((await world.held()).refresh_token).toBe(String(await world.stored("boss")))
    const files = () =>
      pictureOf(world.home).filter(({ name }) => !/ledger|locks|^\.aimgr$/.test(name))
    const before = files()
    expect(await use(world)).toMatchObject({ ok: true, receipt: { status: "noop" } })
    expect(files()).toEqual(before)
    expect(receipts(world).map(({ status, target }) => [status, target])).toContainAllValues([
      ["activated", "codex"],
      ["noop", "codex"],
    ])
  })

  test("heals every other store afterwards, which its receipt names", async () => {
    await using world = await pool()
    await world.take("qa", await world.login("qa", { dir: `${world.home}/new` }))
    const { receipt } = await use(world)
    const store = `${world.home}/logins/qa`
    expect(receipt.stores).toEqual([{ store, label: "qa", outcome: "reached" }])
    expect(receipts(world)[0]?.receipt.stores).toEqual(receipt.stores)
    expect((await world.held(store)).refresh_token).toBe(String(await world.stored("qa")))
  })

  test("holds the store's target lock for the switch", async () => {
    await using world = await pool()
    const lock = `target-${storeKey(await world.store())}`
    let heldThen = false
    let second: Promise<unknown> = Promise.resolve()
    const real = world.target
    const target: typeof real = {
      ...real,
      apply: async (...how) => {
        let taken = false
        second = tryLock(world.pool.vault.paths.locks, lock, async () => {
          taken = true
        })
        await Bun.sleep(20)
        heldThen = !taken
        return real.apply(...how)
      },
    }
    const options = {
      label: null,
      next: false,
      dryRun: false,
      adopt: null,
      replaceUnmanaged: false,
    }
    await activate(world.pool, target, options)
    await second
    expect(heldThen).toBe(true)
  })

  test("that is blocked is not ok, and has its receipt", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    const { ok, receipt } = await use(world)
    expect([ok, receipt.status]).toEqual([false, "blocked"])
    expect(receipts(world)).toMatchObject([{ status: "blocked" }])
  })

  test("moves on with `--next`", async () => {
    await using world = await pool()
    await use(world)
    expect((await use(world, { next: true })).receipt).toMatchObject({
      label: "qa",
      previousLabel: "boss",
    })
  })

  test("only says what it would do with `--dry-run`: no file, no receipt", async () => {
    await using world = await pool()
    const before = await world.text()
    expect(await use(world, { dryRun: true })).toMatchObject({
      ok: true,
      dryRun: true,
      receipt: { status: "activated", label: "boss", wroteAuthJson: false },
    })
    expect([await world.text(), receipts(world)]).toEqual([before, []])
    await world.login("guest", { dir: world.codexHome })
    expect(await use(world, { dryRun: true })).toMatchObject({ ok: false, dryRun: true })
  })
})

describe("a first step that was not taken is no blocked switch", () => {
  test.each([
    [false, "for an account that you call boss: "],
    [true, "make the login in "],
  ])("there is no label yet (a login in the home: %p)", async (login, words) => {
    await using world = await pool([])
    if (login) await world.login("guest", { dir: world.codexHome })
    const problem = { code: "no_labels", hint: expect.stringContaining(words) }
    expect(await thrownBy(use(world))).toMatchObject({ problem, exit: 1 })
    expect(receipts(world)).toEqual([])
  })

  test("every label is disabled; one of another provider does not count", async () => {
    await using world = await pool(["boss"])
    await world.edit((document) => {
      const off = patchAccount(document, "boss", { pool: { enabled: false } })
      return putAccount(off, "claude", { provider: "anthropic" })
    })
    expect(await thrownBy(use(world))).toMatchObject({
      problem: { code: "no_enabled_label", hint: "aim account enable boss" },
    })
  })

  test("unless the login in the home is to become the first label", async () => {
    await using world = await pool([])
    await world.login("guest", { dir: world.codexHome })
    expect((await use(world, { adopt: "guest" })).receipt).toMatchObject({
      status: "activated",
      label: "guest",
      captured: [{ label: "guest", reason: "adopted" }],
    })
  })

  test("`--adopt` and `--replace-unmanaged` don't stand together", async () => {
    await using world = await pool()
    const both = use(world, { adopt: "guest", replaceUnmanaged: true })
    expect(await thrownBy(both)).toMatchObject({ problem: { code: "conflicting_flags" }, exit: 2 })
  })
})
