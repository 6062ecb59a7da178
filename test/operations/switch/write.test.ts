import { describe, expect, test } from "bun:test"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { targetBlock } from "../../../src/domain/document.ts"
import { putCredential } from "../../../src/domain/document-edits.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { isRecorded, writeLabel } from "../../../src/operations/switch/write.ts"
import { readStore } from "../../../src/pool/stores.ts"
import { fail } from "../../../src/system/errors.ts"
import { Secret } from "../../../src/system/secret.ts"
import type { Target } from "../../../src/targets/target.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"
import { storeIn } from "../../targets/codex/fixtures.ts"
import { pictureOf } from "../../vault/temp-vault.ts"

async function pool(): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"])
  await world.label("boss")
  await world.label("qa")
  return world
}

const seen = async (world: PoolWorld, parts: Partial<Target> = {}) =>
  readStore(await world.document(), { ...world.target, ...parts }, await world.store())
const write = async (world: PoolWorld, label = "boss", parts: Partial<Target> = {}) =>
  writeLabel(world.pool, await seen(world, parts), label)
const intentOf = async (world: PoolWorld) =>
  targetBlock(await world.document(), "codexCli").switchIntent

describe("a label is written into a home", () => {
  test("with its stored pair, after the intent is on disk", async () => {
    await using world = await pool()
    let intent: unknown = null
    const apply: Target["apply"] = async (...how) => {
      intent = await intentOf(world)
      return world.target.apply(...how)
    }
    const [account] = world.sim.accounts()
    expect(await write(world, "boss", { apply })).toEqual({
      kind: "written",
      changed: [join(world.codexHome, "auth.json")],
      accountId: String(account?.accountId),
      keptFile: null,
    })
    const stored = String(await world.stored("boss"))
    expect((await world.held()).refresh_token).toBe(stored)
    expect(intent).toMatchObject({ label: "boss", pair: pairHash(new Secret(stored)) })
  })

  test("and left untouched, without an intent, where it holds the pair already", async () => {
    await using world = await pool()
    await write(world)
    const { switchIntent: _first, ...rest } = targetBlock(await world.document(), "codexCli")
    await world.edit((document) => ({ ...document, targets: { codexCli: rest } }))
    const before = pictureOf(world.codexHome)
    expect(await write(world)).toMatchObject({ kind: "written", changed: [] })
    expect(pictureOf(world.codexHome)).toEqual(before)
    expect(await intentOf(world)).toBeUndefined()
  })
})

describe("what the home holds and the vault lacks is kept first:", () => {
  test("a stranger's login, as a copy and in quarantine", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    const { refresh_token } = await world.held()
    const written = await write(world)
    const keptFile = "keptFile" in written ? String(written.keptFile) : ""
    expect(readFileSync(keptFile, "utf8")).toContain(refresh_token)
    expect(JSON.parse(await world.text()).quarantine).toMatchObject([
      { reason: "replaced_unmanaged", label: null, credential: { refresh: refresh_token } },
    ])
  })

  test("a pair in conflict with its label's, in quarantine", async () => {
    await using world = await pool()
    await world.login("qa", { dir: world.codexHome, expiresInSeconds: -9 * 86_400 })
    const { refresh_token } = await world.held()
    expect(await write(world)).toMatchObject({ kind: "written", keptFile: null })
    expect(JSON.parse(await world.text()).quarantine).toMatchObject([
      { reason: "conflict", label: "qa", credential: { refresh: refresh_token } },
    ])
    expect(readdirSync(world.pool.vault.paths.dir)).not.toContain("replaced")
  })
})

describe("nothing is written, and the switch begins again, where", () => {
  test("the home changed since it was read", async () => {
    await using world = await pool()
    const before = await seen(world)
    await world.login("guest", { dir: world.codexHome })
    const picture = pictureOf(world.codexHome)
    expect(await writeLabel(world.pool, before, "boss")).toEqual({ kind: "again" })
    expect(pictureOf(world.codexHome)).toEqual(picture)
  })

  test("it holds a newer pair, which is to be captured first", async () => {
    await using world = await pool()
    await world.login("qa", { dir: world.codexHome })
    expect(await write(world)).toEqual({ kind: "again" })
  })

  test("the label has no usable login any more", async () => {
    await using world = await pool()
    await world.edit((it) => putCredential(it, "openai-codex", "boss", { refresh: "x" }))
    expect(await write(world)).toEqual({ kind: "again" })
    expect(await write(world, "nobody")).toEqual({ kind: "again" })
  })

  test("it changed under the client's lock", async () => {
    await using world = await pool()
    const apply = async () => ({ kind: "moved" }) as const
    expect(await write(world, "boss", { apply })).toEqual({ kind: "again" })
  })
})

describe("a switch is blocked, not thrown, by", () => {
  const REASONS: [string, Partial<Target>, object][] = [
    [
      "a lock that is stuck",
      { withClientLocks: async () => fail("stuck", "m", "h") },
      { kind: "stuck", detail: "m", hint: "h", label: "boss" },
    ],
    [
      "a readback that differs",
      { verify: async () => ({ code: "differs", message: "m" }) },
      { kind: "differs", label: "boss" },
    ],
  ]
  test.each(REASONS)("%s", async (_name, parts, finding) => {
    await using world = await pool()
    expect(await write(world, "boss", parts)).toMatchObject({
      kind: "blocked",
      blockers: [finding],
    })
  })

  test("a configuration that Codex would not follow", async () => {
    await using world = await pool()
    const before = await seen(world)
    await Bun.write(join(world.codexHome, "config.toml"), 'forced_login_method = "api"')
    expect(await writeLabel(world.pool, before, "boss")).toMatchObject({
      kind: "blocked",
      blockers: [{ kind: "codex_forced_login_method", system: "codex-cli" }],
    })
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_chatgpt_workspace_id = "x"')
    expect(await writeLabel(world.pool, before, "boss")).toMatchObject({
      kind: "unfit",
      out: [{ label: "boss", problem: { code: "codex_forced_workspace" } }],
    })
    expect(await intentOf(world)).toBeUndefined()
  })

  test("nothing that is a fault of aim: that one is thrown", async () => {
    await using world = await pool()
    const apply = () => Promise.reject(new TypeError("a fault"))
    await expect(write(world, "boss", { apply })).rejects.toThrow("a fault")
  })
})

test.each([
  [{}, true],
  [{ activeLabel: "qa" }, false],
  [{ expectedAccountId: "other" }, false],
  [{ switchIntent: { home: "/here" } }, false],
  [{ switchIntent: { home: "/elsewhere" } }, true],
])("the record of a target says what a noop would record, or not: %j", (change, recorded) => {
  const block = { activeLabel: "boss", expectedAccountId: "acct", ...change }
  expect(isRecorded(block, { ...storeIn("/here"), home: "/here" }, "boss", "acct")).toBe(recorded)
})
