import { describe, expect, test } from "bun:test"
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchAccount } from "../../../src/domain/document-edits.ts"
import { overrideWarning, stateWarnings } from "../../../src/operations/status/state.ts"
import { goodReply, leavePost } from "../../pool/interrupted.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"
import { backupsOf } from "../../vault/temp-vault.ts"

async function withBoss(): Promise<PoolWorld> {
  const world = await openPoolWorld(["boss", "qa"])
  for (const name of ["boss", "qa"]) await world.label(name)
  return world
}

describe("the state folder gives to say", () => {
  test("nothing, where all is well or nothing ever was", async () => {
    await using world = await withBoss()
    expect(await stateWarnings(world.pool, false)).toEqual([])
    await using empty = await openPoolWorld([])
    expect(await stateWarnings(empty.pool, true)).toEqual([])
  })

  test("that the state file is gone, and which backup brings it back", async () => {
    await using world = await withBoss()
    await world.edit((document) => patchAccount(document, "boss", { note: 1 }))
    const { file } = world.pool.vault.paths
    const newest = join(file, "..", String(backupsOf(file).at(-1)))
    expect(await stateWarnings(world.pool, false)).toEqual([])
    rmSync(file)
    expect(await stateWarnings(world.pool, true)).toEqual([
      {
        kind: "state_missing",
        detail: `${file} is gone, but a backup lies beside it`,
        hint: `aim restore '${newest}'`,
      },
    ])
  })

  test("which refreshes were begun and not finished, and whether their reply is there", async () => {
    await using world = await withBoss()
    await leavePost(world, "boss", null)
    await leavePost(world, "qa", goodReply(world, "qa").reply)
    const found = await stateWarnings(world.pool, false)
    expect(found.toSorted((a, b) => (String(a.label) < String(b.label) ? -1 : 1))).toEqual([
      {
        kind: "refresh_unfinished",
        label: "boss",
        provider: "openai-codex",
        detail:
          "a refresh of `boss` was begun and its reply is not here: another aim is waiting for it, or was killed",
        hint: "aim refresh boss",
      },
      {
        kind: "refresh_unfinished",
        label: "qa",
        provider: "openai-codex",
        detail: "the reply to a refresh of `qa` is on disk and not yet stored",
        hint: "aim refresh qa",
      },
    ])
  })

  test("which notes of a refresh can't be read, and that nothing deletes them", async () => {
    await using world = await withBoss()
    await leavePost(world, "boss", null)
    const file = join(world.pool.vault.paths.inflight, "openai-codex-boss.json")
    writeFileSync(file, "{ damaged")
    expect(await stateWarnings(world.pool, false)).toEqual([
      {
        kind: "inflight_broken",
        file,
        detail: `${file} can't be read; it may hold the reply to a refresh`,
        hint: "keep it, and look at it by hand",
      },
    ])
  })
})

describe("base URLs that are not the providers' own", () => {
  test("are named with their variables, and how to be rid of them", async () => {
    await using world = await withBoss()
    const { authUrl, chatgptUrl } = world.sim
    const [warning, ...more] = overrideWarning(world.pool)
    expect(more).toEqual([])
    expect(warning).toMatchObject({
      kind: "provider_url_override",
      detail: `requests go to ${authUrl} (AIM_OPENAI_AUTH_URL) and ${chatgptUrl} (AIM_CHATGPT_URL)`,
      hint: "unset AIM_OPENAI_AUTH_URL AIM_CHATGPT_URL",
    })
    expect(warning?.overrides).toHaveLength(2)
  })

  test("are nothing to say where there are none", async () => {
    await using world = await withBoss()
    const homes = { ...world.pool.homes, env: {} }
    expect(overrideWarning({ ...world.pool, homes })).toEqual([])
  })
})
