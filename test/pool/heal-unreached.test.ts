import { describe, expect, test } from "bun:test"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { healStores, withStoreLock } from "../../src/pool/heal.ts"
import { storeKey } from "../../src/pool/stores.ts"
import { fail } from "../../src/system/errors.ts"
import { tryLock } from "../../src/system/locks.ts"
import type { Target } from "../../src/targets/target.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

/** A label whose pair is newer than the one in its home. */
async function behind(): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld(["boss", "qa"])
  const dir = await world.label("boss")
  await renewed(world, "boss")
  return { ...world, dir }
}

async function renewed(world: PoolWorld, label: string): Promise<string> {
  await world.take(label, await world.login(label, { dir: join(world.home, `next-${label}`) }))
  return String(await world.stored(label))
}

const bytesOf = (dir: string) => readFileSync(join(dir, "auth.json"), "utf8")
const withTarget = (world: PoolWorld, parts: Partial<Target>) => {
  return { ...world.pool, targets: [{ ...world.target, ...parts }] }
}

describe("a store that can't be healed is named, and the others are healed", () => {
  const REASONS: [string, (world: PoolWorld) => Partial<Target>, string][] = [
    ["a lock that is stuck", () => ({ withClientLocks: async () => fail("stuck", "x") }), "stuck"],
    ["a file that moved", () => ({ apply: async () => ({ kind: "moved" }) }), "store_moved"],
    [
      "a readback that differs",
      () => ({ verify: async () => ({ code: "codex_readback_mismatch", message: "x" }) }),
      "codex_readback_mismatch",
    ],
  ]
  test.each(REASONS)("%s", async (_name, parts, outcome) => {
    await using world = await behind()
    const [healed] = await healStores(withTarget(world, parts(world)))
    expect(healed).toMatchObject({ store: world.dir, label: "boss", outcome })
  })

  test("for its configuration", async () => {
    await using world = await behind()
    const other = await world.label("qa")
    const newest = await renewed(world, "qa")
    const config = 'forced_chatgpt_workspace_id = "another"'
    writeFileSync(join(world.dir, "config.toml"), config)
    const before = bytesOf(world.dir)
    expect(await healStores(world.pool)).toMatchObject([
      { store: world.dir, label: "boss", outcome: "codex_forced_workspace" },
      { store: other, label: "qa", outcome: "reached" },
    ])
    expect([bytesOf(world.dir), (await world.held(other)).refresh_token]).toEqual([before, newest])
    writeFileSync(join(world.dir, "config.toml"), 'cli_auth_credentials_store = "keyring"')
    expect(await healStores(world.pool)).toMatchObject([
      { outcome: "codex_target_store_mode_unsupported" },
    ])
  })

  test("for its place: a home that this aim can't go to", async () => {
    await using world = await behind()
    await world.edit((document) =>
      patchTarget(document, "codexCli", { sourceHomes: { "/elsewhere": { label: "boss" } } }),
    )
    expect(await healStores(world.pool)).toMatchObject([
      {
        store: "/elsewhere",
        label: "boss",
        outcome: "home_escape",
        detail: expect.stringContaining("/elsewhere"),
        hint: "leave out --home (and AIM_HOME), or: aim codex forget-home /elsewhere",
      },
    ])
  })

  test("but a fault of aim is one", async () => {
    await using world = await behind()
    const apply = () => Promise.reject(new TypeError("a fault"))
    await expect(healStores(withTarget(world, { apply }))).rejects.toThrow("a fault")
  })
})

test("every write to a store happens under its target lock", async () => {
  await using world = await behind()
  const store = await world.store(world.dir)
  const { locks } = world.pool.vault.paths
  const busy: boolean[] = []
  let second: Promise<unknown> = Promise.resolve()
  const apply: Target["apply"] = async (...write) => {
    second = tryLock(locks, `target-${storeKey(store)}`, async () => busy.push(false))
    await Bun.sleep(20)
    busy.push(true)
    return world.target.apply(...write)
  }
  await healStores(withTarget(world, { apply }))
  await second
  await withStoreLock(world.pool, store, async () => busy.push(true))
  expect(busy).toEqual([true, false, true])
})
