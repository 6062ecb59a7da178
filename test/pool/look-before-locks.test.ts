import { expect, test } from "bun:test"
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { putImport } from "../../src/domain/import/block.ts"
import { keyOf } from "../../src/pool/pool.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { writeScript } from "../support/authority-world.ts"
import { readClaudeHome, withClaudeLabel, writeClaudeHome } from "../support/claude-fixtures.ts"
import { openTwoHomes, type TwoHomes } from "../support/two-homes.ts"

const key = keyOf("anthropic", "lessons")

/** A Claude label of an authority, due on both sides, which Claude Code uses here. */
async function inUse(): Promise<TwoHomes> {
  const world = await openTwoHomes([], { claudeAccounts: [{ name: "lessons" }] })
  const files = world.sim.claude.files(
    world.sim.claude.mintLogin("lessons", { expiresInSeconds: 60 }),
  )
  await world.authority.edit((before) => withClaudeLabel(before, "lessons", files))
  await world.sync({}, "anthropic")
  await writeClaudeHome(world.home, files)
  return world
}

const posts = ({ sim }: TwoHomes) =>
  sim.log().filter(({ path }) => path === "/v1/oauth/token").length
const live = async ({ home }: TwoHomes) =>
  String((await readClaudeHome(home)).claudeAiOauth.refreshToken)

test("Claude Code's lock is not held while an authority is found out to be away", async () => {
  await using world = await inUse()
  await world.edit((document) =>
    putImport(document, "anthropic", {
      source: "ssh://studio",
      importedAt: null,
      entries: { lessons: {} },
    }),
  )
  const bin = join(world.home, "bin")
  await mkdir(bin)
  const lock = join(world.home, ".claude", ".oauth_refresh.lock")
  await writeScript(
    join(bin, "ssh"),
    `[ -e "${lock}" ] && echo locked >> "${bin}/log" || echo free >> "${bin}/log"; exit 255`,
  )
  const env = { ...world.pool.homes.env, PATH: `${bin}:${process.env.PATH}` }
  world.pool.homes = { ...world.pool.homes, env }
  expect(await refreshLabel(world.pool, key)).toMatchObject({ kind: "refreshed" })
  expect((await readFile(join(bin, "log"), "utf8")).trim().split("\n")).toEqual(["free"])
  expect(posts(world)).toBe(1)
  expect(await live(world)).toBe(String(await world.stored("lessons")))
})

test("what the authority has already goes into Claude Code's home, and nothing is posted", async () => {
  await using world = await inUse()
  await world.authority.claudeLabel("lessons")
  const outcome = await refreshLabel(world.pool, key)
  expect(outcome).toMatchObject({ kind: "taken", stores: [{ outcome: "reached" }] })
  expect(posts(world)).toBe(0)
  expect(await live(world)).toBe(String(await world.authority.stored("lessons", "anthropic")))
})

test.each([false, true])(
  "one that it has and that is due as well is renewed there (%p)",
  async (force) => {
    await using world = await inUse()
    await world.authority.claudeLabel("lessons", 60)
    expect(await refreshLabel(world.pool, key, force)).toMatchObject({ kind: "taken" })
    expect(posts(world)).toBe(1)
    expect(await live(world)).toBe(String(await world.authority.stored("lessons", "anthropic")))
    expect(await refreshLabel(world.pool, key)).toEqual({ kind: "not_due" })
  },
)
