import { describe, expect, test } from "bun:test"
import { cp, mkdir, readFile, symlink } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { tempHome } from "./support/temp-home.ts"

/** Another home with a copy of the world's state file, which remembers homes of the world. */
async function copied(world: World) {
  const box = await tempHome()
  await cp(join(world.home, ".aimgr"), join(box.path, ".aimgr"), { recursive: true })
  return box
}

/** The real home's remembered login, one pair behind what the copied state file will hold. */
async function boxWithNewerPair(world: World) {
  const { dir } = await world.label("boss")
  const box = await copied(world)
  return { dir, box, before: await readFile(join(dir, "auth.json"), "utf8") }
}

describe("a sandbox with a copied state file", () => {
  test("writes no remembered home outside of it, and names it", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir, box, before } = await boxWithNewerPair(world)
    await using _box = box
    const use = await world.json(`codex use --home ${box.path}`)
    await world.aim(`refresh boss --force --home ${box.path}`)
    expect(await readFile(join(dir, "auth.json"), "utf8")).toBe(before)
    expect(use.activated.receipt.stores).toMatchObject([
      { store: dir, label: "boss", outcome: "home_escape", hint: expect.stringContaining(dir) },
    ])
    const status = await world.json<{ warnings: { kind: string; label?: string }[] }>(
      `status --home ${box.path}`,
    )
    expect(status.warnings).toContainEqual(
      expect.objectContaining({ kind: "home_escape", label: "boss" }),
    )
  })

  test("takes nothing in from a home outside of it", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    const { box } = await boxWithNewerPair(world)
    await using _box = box
    const { dir } = await world.login("qa")
    const capture = await world.aim(`codex capture qa --source-home ${dir} --home ${box.path}`)
    expect(capture.code).toBe(2)
    expect(capture.stdout).toContain("home_escape")
    const text = await readFile(join(box.path, ".aimgr", "secrets.json"), "utf8")
    expect(Object.keys(JSON.parse(text).accounts)).toEqual(["boss"])
  })

  test("forgets such a home without going there", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir, box } = await boxWithNewerPair(world)
    await using _box = box
    await world.json(`codex forget-home ${dir} --home ${box.path}`)
    const use = await world.json(`codex use --home ${box.path}`)
    expect(use.activated.receipt.stores).toEqual([])
  })
})

test("a state folder that is a link out of a sandbox is not touched, unless it is named", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  await using box = await tempHome()
  await symlink(join(world.home, ".aimgr"), join(box.path, ".aimgr"))
  const remove = `account remove boss --yes --json --home ${box.path}`
  const refused = await world.aim(remove)
  expect(refused.code).toBe(2)
  expect(refused.stdout).toContain("home_escape")
  expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
  const file = join(world.home, ".aimgr", "secrets.json")
  expect((await world.aim(`${remove} --state ${file}`)).code).toBe(0)
})

describe("a login file that is a link out of a sandbox", () => {
  test("is not written in the client's own home", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    await world.json("codex use")
    await using box = await copied(world)
    const real = join(world.codexHome, "auth.json")
    const before = await readFile(real, "utf8")
    await mkdir(join(box.path, ".codex"))
    await symlink(real, join(box.path, ".codex", "auth.json"))
    for (const command of ["refresh boss --force", "codex use"]) {
      const { stdout, code } = await world.aim(`${command} --json --home ${box.path}`)
      expect(code).toBe(2)
      expect(stdout).toContain("home_escape")
    }
    expect(await readFile(real, "utf8")).toBe(before)
    expect(world.sim.log().filter(({ kind }) => kind === "token_refresh")).toEqual([])
  })

  test("is not taken in from another home", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using box = await tempHome()
    const { dir } = await world.login("boss")
    const linked = join(box.path, "linked")
    await mkdir(linked)
    await symlink(join(dir, "auth.json"), join(linked, "auth.json"))
    const captured = await world.aim(
      `codex capture boss --json --source-home ${linked} --home ${box.path}`,
    )
    expect(captured.code).toBe(2)
    expect(captured.stdout).toContain("home_escape")
  })
})

describe("a way out", () => {
  test("leads into the homes that were looked at", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using box = await tempHome()
    const failed = await world.aim(`account show nobody --home ${box.path}`)
    expect(failed.stderr).toContain(`hint: aim --home ${box.path} login <label>`)
    const asked = await world.json<{ error: { hint: string } }>(
      `codex use --home ${box.path} --state ${box.path}/.aimgr/secrets.json`,
      1,
    )
    expect(asked.error.hint).toContain(
      `aim --home ${box.path} --state ${box.path}/.aimgr/secrets.json login boss`,
    )
  })
})
