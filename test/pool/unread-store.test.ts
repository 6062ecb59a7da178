import { describe, expect, test } from "bun:test"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { keyOf } from "../../src/pool/pool.ts"
import { refreshLabel } from "../../src/pool/refresh.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

const boss = keyOf("openai-codex", "boss")
const posts = (world: PoolWorld) =>
  world.sim.log().filter(({ path }) => path === "/oauth/token").length

describe("a label whose login went into a Codex home that can't be read now", () => {
  test.each([
    ["half a file, as Codex has it while it writes", "{"],
    ["another text", "\u0000not json"],
    ["a folder", null],
  ])("is not posted: the client may have renewed it there (%s)", async (_, text) => {
    await using world = await openPoolWorld()
    const dir = await world.label("boss")
    const file = join(dir, "auth.json")
    const was = await Bun.file(file).text()
    await rm(file)
    if (text === null) await mkdir(file)
    else await writeFile(file, text)
    expect(await refreshLabel(world.pool, boss, true)).toEqual({
      kind: "busy",
      detail: expect.stringMatching(/auth\.json .*, and may hold a newer login$/),
      hint: expect.any(String),
    })
    expect(posts(world)).toBe(0)
    await rm(file, { recursive: true })
    await writeFile(file, was)
    expect(await refreshLabel(world.pool, boss, true)).toMatchObject({ kind: "refreshed" })
    expect(posts(world)).toBe(1)
  })
})
