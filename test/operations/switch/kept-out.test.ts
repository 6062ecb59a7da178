import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { patchAccount, putAccount } from "../../../src/domain/document-edits.ts"
import { chooseFitting } from "../../../src/operations/switch/choose-fitting.ts"
import { concerned, keptOut, keptOutFindings } from "../../../src/operations/switch/kept-out.ts"
import { USE } from "../../../src/pool/choose.ts"
import { readStore } from "../../../src/pool/stores.ts"
import { read, view } from "../../support/pool-readings.ts"
import { openPoolWorld, type PoolWorld } from "../../support/pool-world.ts"

/** Labels boss, lessons and qa; the client's home takes only the workspaces of `let in`. */
async function forced(letIn: readonly string[]): Promise<PoolWorld> {
  const names = ["boss", "lessons", "qa"]
  const world = await openPoolWorld(names)
  for (const name of names) await world.label(name)
  await world.login("boss", { dir: world.codexHome })
  const workspaces = world.sim.accounts().filter(({ name }) => letIn.includes(name))
  const list = JSON.stringify(workspaces.map(({ accountId }) => accountId))
  writeFileSync(join(world.codexHome, "config.toml"), `forced_chatgpt_workspace_id = ${list}`)
  return world
}

const heldIn = async (world: PoolWorld, dir?: string) =>
  readStore(await world.document(), world.target, await world.store(dir))
const found = async (world: PoolWorld) => world.target.obstacles(await world.store())

describe("the labels that a home's configuration concerns", () => {
  test("are the pool and the one it holds, for the client's own home", async () => {
    await using world = await forced(["boss"])
    const document = await world.edit((before) => {
      return patchAccount(before, "boss", { pool: { enabled: false } })
    })
    expect(concerned(document, world.target, await heldIn(world))).toEqual([
      "boss",
      "lessons",
      "qa",
    ])
  })

  test("are the one it holds, for any other home", async () => {
    await using world = await forced(["boss"])
    const document = await world.document()
    const qa = await heldIn(world, join(world.home, "logins", "qa"))
    expect(concerned(document, world.target, qa)).toEqual(["qa"])
    expect(concerned(document, world.target, { ...qa, owner: null })).toEqual([])
  })
})

describe("the labels that are kept out", () => {
  test("are those of other workspaces; a label without a login is not judged", async () => {
    await using world = await forced(["boss"])
    const document = await world.edit((before) => putAccount(before, "empty", {}))
    const labels = ["boss", "empty", "lessons", "qa"]
    const out = keptOut(document, world.target, await found(world), labels)
    expect(out.map(({ label, problem }) => [label, problem.code])).toEqual([
      ["lessons", "codex_forced_workspace"],
      ["qa", "codex_forced_workspace"],
    ])
  })

  test("are one line to read for each reason", async () => {
    await using world = await forced(["boss"])
    const out = keptOut(await world.document(), world.target, await found(world), ["lessons", "qa"])
    const other = { label: "qa", problem: { code: "other", message: "for another reason" } }
    const [first, second, ...more] = keptOutFindings(world.target, [...out, other])
    expect(first).toMatchObject({
      kind: "codex_forced_workspace",
      system: "codex-cli",
      label: "lessons",
      labels: ["lessons", "qa"],
      detail: `\`lessons\`, \`qa\` can't go into this home: ${out[0]?.problem.message}`,
    })
    expect(second).toMatchObject({ kind: "other", labels: ["qa"] })
    expect(more).toEqual([])
    expect(keptOutFindings(world.target, [])).toEqual([])
  })
})

describe("those who only look choose as the switch does", () => {
  const fitting = async (world: PoolWorld, current: string | null, next = false, used = 10) => {
    const views = ["boss", "lessons", "qa"].map((label) => view(label, read(used, 10)))
    const store = await world.store()
    const document = await world.document()
    const occasion = { ...USE, next }
    return chooseFitting(world.pool, document, world.target, store, current, views, occasion)
  }

  test("without the labels that can't go into the home", async () => {
    await using world = await forced(["qa"])
    const { choice, unfit, fits } = await fitting(world, null)
    expect([choice.label, fits]).toEqual(["qa", true])
    expect(unfit.map(({ label }) => label)).toEqual(["boss", "lessons"])
  })

  test("and none fits where the one that is there must not be", async () => {
    await using world = await forced(["qa"])
    const { choice, unfit, fits } = await fitting(world, "boss")
    expect([choice.label, fits]).toEqual(["boss", false])
    expect(unfit.map(({ label }) => label)).toEqual(["boss"])
  })

  test("and nothing can serve where all are kept out", async () => {
    await using world = await forced([])
    writeFileSync(join(world.codexHome, "config.toml"), 'forced_chatgpt_workspace_id = ["x"]')
    const { choice, unfit, fits } = await fitting(world, null)
    expect([choice.label, fits, unfit.length]).toEqual([null, true, 3])
  })

  test("and where nothing can serve, the label that is there is not judged", async () => {
    await using world = await forced(["qa"])
    const { choice, unfit, fits } = await fitting(world, "boss", true, 100)
    expect(choice).toMatchObject({ label: "boss", reason: "nothing_can_serve" })
    expect([unfit, fits]).toEqual([[], true])
  })

  test("and a home that lets everyone in has nothing to say", async () => {
    await using world = await forced(["boss", "lessons", "qa"])
    expect(await fitting(world, "boss", true)).toMatchObject({ unfit: [], fits: true })
  })
})
