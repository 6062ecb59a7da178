import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchTarget } from "../../../src/domain/document-edits.ts"
import type { ActivateOptions } from "../../../src/operations/activate.ts"
import { observe, observeAndCapture } from "../../../src/operations/switch/observe.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"
import { pictureOf } from "../../vault/temp-vault.ts"

const NOTHING: ActivateOptions = {
  label: null,
  next: false,
  dryRun: false,
  adopt: null,
  replaceUnmanaged: false,
}
const look = async (world: PoolWorld, options: Partial<ActivateOptions> = {}) =>
  observe(world.pool, world.target, await world.store(), { ...NOTHING, ...options })
const lookAndTake = async (world: PoolWorld, options: Partial<ActivateOptions> = {}) =>
  observeAndCapture(world.pool, world.target, await world.store(), { ...NOTHING, ...options })
const kinds = (findings: readonly { kind: string }[]) => findings.map(({ kind }) => kind)

async function pool(env: Record<string, string> = {}): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa", "guest"], { env })
  await world.label("boss")
  await world.label("qa")
  return world
}

const auth = ({ codexHome }: PoolWorld, text: string) =>
  Bun.write(join(codexHome, "auth.json"), text)

describe("what forbids a switch", () => {
  test("is a stranger's login, unless it may be adopted or replaced", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    expect(kinds((await look(world)).blockers)).toEqual(["codex_target_unmanaged_login"])
    expect((await look(world, { replaceUnmanaged: true })).blockers).toEqual([])
    expect((await look(world, { adopt: "guest" })).blockers).toEqual([])
  })

  test("is a file that does not parse, and a configuration that Codex would not follow", async () => {
    await using world = await pool()
    await auth(world, "{")
    expect(kinds((await look(world, { replaceUnmanaged: true })).blockers)).toEqual([
      "codex_target_auth_unreadable",
    ])
    writeFileSync(join(world.codexHome, "config.toml"), 'cli_auth_credentials_store = "keyring"')
    const { blockers } = await look(world)
    expect(kinds(blockers)[0]).toBe("codex_target_store_mode_unsupported")
    expect(blockers[0]).toMatchObject({ system: "codex-cli", hint: expect.any(String) })
  })

  test("is not a variable of the shell: that is a warning", async () => {
    await using world = await pool({ CODEX_API_KEY: "sk" })
    const { warnings, blockers } = await look(world)
    expect(warnings).toMatchObject([{ kind: "codex_env_override", system: "codex-cli" }])
    expect(blockers).toEqual([])
  })
})

describe("the current label", () => {
  const CURRENT: [string, (world: PoolWorld) => Promise<unknown>, string | null][] = [
    ["the home's own", (world) => world.login("qa", { dir: world.codexHome }), "qa"],
    [
      "none beside a stranger's login",
      (world) => world.login("guest", { dir: world.codexHome }),
      null,
    ],
    ["none beside an API key", (world) => auth(world, '{"OPENAI_API_KEY":"sk"}'), null],
    ["the recorded one without a file", async () => {}, "boss"],
    ["the recorded one beside an emptied login", (world) => auth(world, '{"tokens":null}'), "boss"],
    [
      "none where the recorded one is no label any more",
      (world) => world.edit((it) => patchTarget(it, "codexCli", { activeLabel: "gone" })),
      null,
    ],
  ]
  test.each(CURRENT)("is %s", async (_name, arrange, current) => {
    await using world = await pool()
    await world.edit((document) => patchTarget(document, "codexCli", { activeLabel: "boss" }))
    await arrange(world)
    expect((await look(world)).current).toBe(current)
  })
})

test("looking changes nothing, not even by a newer pair", async () => {
  await using world = await pool()
  await world.login("boss", { dir: world.codexHome })
  const picture = pictureOf(world.home)
  expect(await look(world)).toMatchObject({ held: { owner: { relation: "newer" } } })
  expect(pictureOf(world.home)).toEqual(picture)
})

describe("what the home has for the vault is taken in", () => {
  test("when a client rotated it, and then the home holds the stored pair", async () => {
    await using world = await pool()
    await world.login("boss", { dir: world.codexHome })
    const { refresh_token } = await world.held()
    const seen = await lookAndTake(world)
    expect(seen.captured).toEqual([{ label: "boss", store: world.codexHome, reason: "newer_pair" }])
    expect(seen).toMatchObject({ current: "boss", held: { owner: { relation: "same" } } })
    expect(await world.stored("boss")).toBe(refresh_token)
  })

  test("when a login of no label is to be adopted", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    const seen = await lookAndTake(world, { adopt: "guest" })
    expect(seen.captured).toMatchObject([{ label: "guest", reason: "adopted" }])
    expect(seen).toMatchObject({ current: "guest", held: { owner: { relation: "same" } } })
  })

  test("not when a switch is forbidden anyway", async () => {
    await using world = await pool()
    await world.login("boss", { dir: world.codexHome })
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_login_method = "api"')
    const before = await world.stored("boss")
    expect((await lookAndTake(world, { adopt: "guest" })).captured).toEqual([])
    expect(await world.stored("boss")).toBe(before)
  })

  test("and a label's own login is nothing to adopt", async () => {
    await using world = await pool()
    await world.login("boss", { dir: world.codexHome })
    await world.take("boss", world.codexHome)
    expect(await lookAndTake(world, { adopt: "guest" })).toMatchObject({
      captured: [],
      current: "boss",
    })
    expect(Object.keys((await world.document()).accounts)).not.toContain("guest")
  })
})
