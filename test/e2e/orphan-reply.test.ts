import { describe, expect, test } from "bun:test"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { withFormerPair } from "../../src/domain/pair.ts"
import { Secret } from "../../src/system/secret.ts"
import { openWorld, type VaultFile, type World } from "../support/world.ts"

const INFLIGHT_WRITTEN = /^write:done\t.*\/inflight\//

/** Kills a refresh of `boss` when the reply has just come to disk and nothing has read it. */
async function killWithReplyOnDisk(world: World) {
  const record = join(world.home, "faults")
  const refresh = (env: object) =>
    world.aim("refresh boss --force", {
      binary: "faults",
      env: { AIM_FAULT_RECORD: record, ...env },
    })
  expect((await refresh({})).code).toBe(0)
  await Bun.write(record, "")
  expect((await refresh({})).code).toBe(0)
  const points = (await Bun.file(record).text()).trimEnd().split("\n")
  const replyOnDisk = points.findLastIndex((line) => INFLIGHT_WRITTEN.test(line))
  expect(replyOnDisk).toBeGreaterThan(points.findIndex((line) => line.startsWith("post:replied")))
  await Bun.write(record, "")
  expect((await refresh({ AIM_FAULT_KILL: String(replyOnDisk + 1) })).code).toBe(137)
}

/** What another program, or a backup that was put back, does to the state file meanwhile. */
async function changeState(world: World, change: (vault: VaultFile) => void) {
  const vault = await world.vault()
  change(vault)
  await Bun.write(join(world.home, ".aimgr", "secrets.json"), JSON.stringify(vault, null, 2))
}

describe("a reply whose label no longer holds the pair that was posted is kept in quarantine", () => {
  test("another login was stored meanwhile: it stays", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    await world.label("qa")
    await killWithReplyOnDisk(world)
    const { login } = await world.login("boss", { dir: join(world.home, "again") })
    await changeState(world, ({ credentials }) => {
      const boss = credentials["openai-codex"]?.boss
      if (boss === undefined) throw new Error("the label is there")
      boss.formerPairs = withFormerPair(boss.formerPairs ?? [], new Secret(boss.refresh))
      boss.access = login.accessToken
      boss.refresh = login.refreshToken
    })
    await world.json("account add other")
    await world.json("codex use")
    const vault = await world.vault()
    expect(vault.credentials["openai-codex"]?.boss?.refresh).toBe(login.refreshToken)
    await expectKept(world, vault, "pair_replaced")
  })

  test("the label is gone: it does not come back", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    await world.label("qa")
    await killWithReplyOnDisk(world)
    await changeState(world, ({ accounts, credentials }) => {
      delete accounts.boss
      delete credentials["openai-codex"]?.boss
    })
    await world.json("codex use")
    const vault = await world.vault()
    expect(vault.accounts.boss).toBeUndefined()
    await expectKept(world, vault, "label_gone")
  })
})

async function expectKept(world: World, { quarantine = [] }: VaultFile, reason: string) {
  expect(quarantine.map((entry) => entry.reason)).toEqual([reason])
  expect(world.sim.liveRefreshTokens("boss")).toContain(quarantine[0]?.credential.refresh ?? "")
  expect(await readdir(join(world.home, ".aimgr", "inflight"))).toEqual([])
}
