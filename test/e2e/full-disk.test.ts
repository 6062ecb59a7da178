import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { openWorld, type World } from "../support/world.ts"
import { expectRecovered, type Steps } from "./support/after-kill.ts"
import { inflightNotes } from "./support/end-state.ts"
import { withSmallDisk } from "./support/small-disk.ts"
import { type Stage, setStage } from "./support/stage.ts"

/** The limits of a file's size, in blocks of 512 bytes, from nothing to more than is written. */
const SIZES = [0, 1, 4, 16, 64, 160, 1024]
/** The vault's file is made larger than the room for a reply, so that each can fail without the other. */
const PADDING = "x".repeat(120_000)

const CAPTURE = "codex capture guest --source-home logins/guest"
const cases: { command: string; steps: Steps }[] = [
  { command: "codex use --next", steps: { again: "codex use" } },
  { command: "refresh boss --force", steps: { again: "refresh boss" } },
  { command: CAPTURE, steps: { again: CAPTURE } },
  {
    command: "account add lessons",
    steps: { again: "account add lessons", alreadyDone: "label_exists" },
  },
]

describe("a full disk", () => {
  test.each(cases)("stops `aim $command`, and the next run heals", async ({ command, steps }) => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }, { name: "guest" }])
    await using stage = await prepared(world)
    let stopped = 0
    for (const blocks of SIZES) {
      await stage.reset()
      const { code, stdout, stderr } = await withSmallDisk(world, blocks, command)
      const where = `${command} with files of ${blocks} blocks: ${stdout}${stderr}`
      expect([0, 1], where).toContain(code)
      if (code === 1) stopped += 1
      if (code === 1) expectClear(stdout, where)
      await expectRecovered(stage, steps, [], where)
    }
    expect(stopped).toBeGreaterThan(3)
  })

  test("costs no login when it fills up between a POST and its reply", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }, { name: "guest" }])
    await using stage = await prepared(world)
    const { code, stdout } = await withSmallDisk(world, 160, "refresh boss --force")
    expect(code).toBe(1)
    expect(JSON.parse(stdout).error).toMatchObject({ code: "state_unwritable" })
    expect(await inflightNotes(world)).toEqual(["openai-codex-boss.json"])
    expect([...postsPerRefreshToken(stage.log()).values()]).toEqual([1])
    await expectRecovered(stage, { again: "refresh boss" }, [], "after a disk that was full")
  })

  test("with no room for a reply, nothing is posted", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }, { name: "guest" }])
    await using stage = await prepared(world)
    const { code, stdout } = await withSmallDisk(world, 64, "refresh boss --force")
    expect(code).toBe(1)
    expect(JSON.parse(stdout).error).toMatchObject({ code: "inflight_unwritable" })
    expect(postsPerRefreshToken(stage.log()).size).toBe(0)
  })
})

async function prepared(world: World): Promise<Stage> {
  await world.label("boss")
  await world.label("qa")
  await world.login("guest")
  await world.json("codex use")
  const path = join(world.home, ".aimgr", "secrets.json")
  const state = { ...JSON.parse(await readFile(path, "utf8")), padding: PADDING }
  await writeFile(path, `${JSON.stringify(state, null, 2)}\n`)
  return setStage(world)
}

/** One JSON document with a code, a sentence that names a place, and a way out. */
function expectClear(stdout: string, where: string): void {
  const { error } = JSON.parse(stdout)
  expect(error, where).toMatchObject({
    code: expect.stringMatching(/_(unwritable|unusable|failed)$/),
    message: expect.stringMatching(/ENOSPC|EFBIG|SQLITE_(IOERR|FULL)/),
    hint: expect.stringMatching(/disk/),
  })
}
