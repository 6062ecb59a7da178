import { expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"

const SOURCE = "agents@authority.example"
const IMPORTED_AT = "2026-01-01T00:00:00.000Z"
const LOGIN = "login boss --device-code"

/** The labels boss and qa as if they had been imported from an authority; `named` as aimgr 0.2 does. */
async function imported(named: boolean): Promise<World> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }, { name: "thief" }])
  await world.label("boss")
  await world.label("qa")
  const path = join(world.home, ".aimgr/secrets.json")
  const state = JSON.parse(await readFile(path, "utf8"))
  const base = (label: string) => ({
    importedAt: IMPORTED_AT,
    baseAccountId: state.credentials["openai-codex"][label].accountId,
  })
  const labelsByName = named ? { boss: base("boss"), qa: base("qa") } : {}
  const codex = { source: SOURCE, importedAt: IMPORTED_AT, labels: ["boss", "qa"], labelsByName }
  await writeFile(path, JSON.stringify({ ...state, imports: { authority: { codex } } }))
  world.sim.typeDevices("boss")
  return world
}

const blockOf = async (world: World) =>
  (JSON.parse(await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")) as State).imports
    .authority.codex
type State = {
  imports: { authority: { codex: { labelsByName: Record<string, Record<string, unknown>> } } }
}
type Status = { warnings: { kind: string; label?: string }[] }

test.each([
  ["a full login", true, true],
  ["a renewal", false, true],
  ["a full login of a label that is only listed", true, false],
])("%s marks an imported label as pending promote, and only that one", async (_n, dead, named) => {
  await using world = await imported(named)
  if (dead) {
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
  }
  const before = await blockOf(world)
  const login = await world.json<Record<string, unknown>>(LOGIN)
  expect(login).toMatchObject({
    how: dead ? "logged_in" : "refreshed",
    authorityPromotion: { dirty: true, status: "pending_publish", target: SOURCE },
  })
  const after = await blockOf(world)
  expect(after.labelsByName.boss).toEqual({
    ...before.labelsByName.boss,
    dirtyLocal: true,
    dirtyObservedAt: expect.any(String),
  })
  expect(after.labelsByName.qa).toEqual(before.labelsByName.qa)
  expect({ ...after, labelsByName: {} }).toEqual({ ...before, labelsByName: {} })

  const { warnings } = await world.json<Status>("status")
  expect(warnings).toContainEqual(
    expect.objectContaining({ kind: "local_update_not_promoted", label: "boss" }),
  )
  const text = (await world.aim("status")).stdout
  expect(text).toContain(`2 codex labels from ${SOURCE}`)
  expect(text).toContain("changed here since: boss")
})

test("a login that fails marks nothing", async () => {
  await using world = await imported(true)
  world.sim.revoke("boss")
  world.sim.typeDevices("thief")
  const before = await blockOf(world)
  await world.json(LOGIN, 1)
  expect(await blockOf(world)).toEqual(before)
  const { stdout } = await world.aim("status --cached")
  expect(stdout).toContain("boss: the last login was another person's")
  expect((await world.aim("quarantine list")).stdout).toMatch(/quarantine adopt \w+ <label>/)
})

test("a label of this machine says nothing of an authority", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  expect(await world.json<object>(LOGIN)).not.toHaveProperty("authorityPromotion")
})
