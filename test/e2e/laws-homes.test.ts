import { describe, expect, test } from "bun:test"
import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { codexRefreshes } from "./support/codex-client.ts"

const nextSecond = () => Bun.sleep(1_100)
type Refreshed = { labels: { label: string; outcome: string }[] }

const inHome = (dir: string) => ({ env: { CODEX_HOME: dir } })

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]?.refresh ?? "nothing"
}

/** Labels whose own homes are forgotten, so that only what a test switches holds a login. */
async function worldOf(...labels: string[]) {
  const world = await openWorld(
    labels.map((name) => ({ name })),
    { reuseRevokesFamily: true },
  )
  for (const label of labels) {
    const { dir } = await world.label(label)
    await world.json(`codex forget-home ${dir}`)
  }
  return { world, one: join(world.home, "one"), two: join(world.home, "two") }
}

describe("a client's own home stays a store", () => {
  test("after another one was switched: what its client rotated is captured, not posted", async () => {
    const { world, one, two } = await worldOf("boss", "qa")
    await using _world = world
    const { activated } = await world.json("codex use", 0, inHome(one))
    const label = activated.receipt.label ?? ""
    await world.json("codex use --next", 0, inHome(two))
    await nextSecond()
    const rotated = await codexRefreshes(world, one)
    const { labels } = await world.json<Refreshed>(`refresh ${label} --force`, 0, inHome(two))
    expect(labels).toMatchObject([{ label, outcome: "captured" }])
    expect(await stored(world, label)).toBe(rotated)
  })

  test("after another one was switched: what aim renews reaches it", async () => {
    const { world, one, two } = await worldOf("boss", "qa")
    await using _world = world
    const { activated } = await world.json("codex use", 0, inHome(one))
    const label = activated.receipt.label ?? ""
    await world.json("codex use --next", 0, inHome(two))
    await world.json(`refresh ${label} --force`)
    expect((await world.auth(one)).tokens.refresh_token).toBe(await stored(world, label))
  })

  test("once its login was captured, for a command with another CODEX_HOME", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    const own = await world.login("boss", { dir: world.codexHome })
    await world.json("codex capture boss")
    const other = await world.login("qa")
    await world.json("codex capture qa", 0, inHome(other.dir))
    await world.json("refresh --all --force", 0, inHome(join(world.home, "empty")))
    for (const [dir, label] of [
      [own.dir, "boss"],
      [other.dir, "qa"],
    ] as const)
      expect((await world.auth(dir)).tokens.refresh_token).toBe(await stored(world, label))
    expect(await stored(world, "boss")).not.toBe(own.login.refreshToken)
  })

  test("where a state file names it as the home of the last switch alone", async () => {
    const { world, one, two } = await worldOf("boss", "qa")
    await using _world = world
    const { activated } = await world.json("codex use", 0, inHome(one))
    const label = activated.receipt.label ?? ""
    const path = join(world.home, ".aimgr", "secrets.json")
    const state = JSON.parse(await Bun.file(path).text())
    delete state.targets.codexCli.sourceHomes
    await Bun.write(path, JSON.stringify(state))
    await world.json("codex use --next", 0, inHome(two))
    await world.json(`refresh ${label} --force`)
    expect((await world.auth(one)).tokens.refresh_token).toBe(await stored(world, label))
  })

  test("with the label that it was switched to, so that removing an earlier one forgets nothing", async () => {
    const { world, one, two } = await worldOf("boss", "qa", "studio")
    await using _world = world
    const first = await world.json("codex use", 0, inHome(one))
    const second = await world.json("codex use --next", 0, inHome(one))
    await world.json("codex use --next", 0, inHome(two))
    await world.json(`account remove ${first.activated.receipt.label} --yes`)
    const label = second.activated.receipt.label ?? ""
    await world.json(`refresh ${label} --force`)
    expect((await world.auth(one)).tokens.refresh_token).toBe(await stored(world, label))
  })
})

test("a home that was switched is forgotten by any of its names, and then left alone", async () => {
  const { world, one } = await worldOf("boss")
  await using _world = world
  await mkdir(one)
  const link = join(world.home, "link")
  await symlink(one, link)
  await world.json("codex use", 0, inHome(link))
  const before = (await world.auth(one)).tokens.refresh_token
  await world.json(`codex forget-home ${one}`)
  await world.json("refresh boss --force")
  expect((await world.auth(one)).tokens.refresh_token).toBe(before)
  expect(await stored(world, "boss")).not.toBe(before)
})
