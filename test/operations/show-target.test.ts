import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { showTarget } from "../../src/operations/show-target.ts"
import type { AccountOptions } from "../../src/simulator/account.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { pictureOf } from "../vault/temp-vault.ts"

async function pool(
  accounts: (string | AccountOptions)[] = ["boss", "qa", "guest"],
  env: Record<string, string> = {},
): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld(accounts, { env })
  const dir = await world.label("boss")
  await world.label("qa", { dir: world.codexHome })
  return { ...world, dir }
}

const show = (world: PoolWorld) => showTarget(world.pool, world.target)

describe("each home is shown", () => {
  test("with what it holds by token and by account, and who has it open", async () => {
    await using world = await pool()
    await world.take("boss", await world.login("boss", { dir: join(world.home, "new") }))
    await world.edit((document) => patchTarget(document, "codexCli", { activeLabel: "boss" }))
    using client = world.client(world.dir)
    const { target, activeLabel, stores } = await show(world)
    expect([target, activeLabel]).toEqual(["codex", "boss"])
    expect(stores).toMatchObject([
      {
        primary: true,
        view: { home: world.codexHome, holds: "login" },
        labelByToken: "qa",
        relation: "same",
        labelsByAccount: ["qa"],
        holders: [],
        holdersUnreadable: false,
        blockers: [],
        warnings: [],
      },
      {
        primary: false,
        view: { home: world.dir },
        labelByToken: "boss",
        relation: "older",
        labelsByAccount: ["boss"],
        holders: [{ pid: client.pid, command: "sleep" }],
      },
    ])
  })

  test("with all labels of its workspace, for seats of one team", async () => {
    await using world = await pool([
      { name: "boss", accountId: "ws-1" },
      { name: "qa", accountId: "ws-1" },
      { name: "guest", accountId: "ws-1" },
    ])
    await world.take("alone", await world.login("guest"))
    const { stores } = await show(world)
    const all = ["alone", "boss", "qa"]
    expect(stores.map(({ labelsByAccount }) => labelsByAccount)).toEqual([all, all])
  })

  test("without an owner where it holds a stranger's login, which would block a switch", async () => {
    await using world = await pool()
    await world.login("guest", { dir: world.codexHome })
    expect((await show(world)).stores[0]).toMatchObject({
      labelByToken: null,
      relation: null,
      labelsByAccount: [],
      blockers: [{ kind: "codex_target_unmanaged_login" }],
    })
  })

  test("with what else would block a switch: a broken file, a store mode", async () => {
    await using world = await pool()
    writeFileSync(join(world.codexHome, "auth.json"), "{")
    writeFileSync(join(world.dir, "config.toml"), 'cli_auth_credentials_store = "keyring"')
    const { stores } = await show(world)
    expect(stores.map(({ blockers }) => blockers)).toMatchObject([
      [{ kind: "codex_target_auth_unreadable", system: "codex-cli" }],
      [{ kind: "codex_target_store_mode_unsupported", system: "codex-cli" }],
    ])
  })

  test("with a word about the shell and about labels that can't go in", async () => {
    await using world = await pool(undefined, { CODEX_API_KEY: "sk" })
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_chatgpt_workspace_id = "x"')
    const { stores } = await show(world)
    expect(stores[0]?.warnings).toMatchObject([
      { kind: "codex_env_override", system: "codex-cli" },
      { kind: "codex_forced_workspace", labels: ["qa", "boss"] },
    ])
    expect(stores[1]?.warnings).toMatchObject([{ kind: "codex_env_override" }])
  })
})

test("a pool that was never switched has no active label; looking writes nothing", async () => {
  await using world = await openPoolWorld([])
  const before = pictureOf(world.home)
  expect(await show(world)).toMatchObject({
    activeLabel: null,
    stores: [{ view: { holds: "absent" }, labelsByAccount: [] }],
  })
  expect(pictureOf(world.home)).toEqual(before)
})
