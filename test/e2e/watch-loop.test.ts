import { describe, expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { quota } from "./support/quota.ts"
import { startWatch } from "./support/watch-run.ts"

const LOOP = "codex watch --interval-seconds 1"

/** Codex stands on boss; qa has plenty as well. */
async function watching(five = 10): Promise<World> {
  const world = await openWorld([
    { name: "boss", ...quota(five, 10) },
    { name: "qa", ...quota(10, 20) },
  ])
  await world.label("boss")
  await world.json("codex use")
  await world.label("qa")
  return world
}

/** Long enough for a start on a busy machine and two looks. */
const IN_A_WHILE = 6_000
const at = (ms: number) => new Date(Date.now() + ms).toISOString()
const stateFile = (world: World) => join(world.home, ".aimgr", "secrets.json")

describe("a loop", () => {
  test("prints one JSON document a line for each look, and ends at its time with a summary", async () => {
    await using world = await watching()
    await using run = startWatch(world, `${LOOP} --until ${at(IN_A_WHILE)}`)
    const { code, signal, stderr } = await run.ended()
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    const lines = run.lines()
    expect(lines.length).toBeGreaterThanOrEqual(2)
    expect(lines.length).toBeLessThanOrEqual(IN_A_WHILE / 1_000 + 1)
    for (const { ok, watched } of lines) {
      expect(ok).toBe(true)
      expect(watched).toMatchObject({ status: "noop", receipt: { currentLabelAfter: "boss" } })
    }
    expect(lines.at(-1)?.watched?.run.ticks).toBe(lines.length)
    expect(stderr).toMatch(/^watched for \d+s: \d looks, 0 switches, 0 failures\n$/)
  })

  test("moves on when it is time, and says how often in the end", async () => {
    await using world = await watching(95)
    await using run = startWatch(world, LOOP)
    expect(await run.line(1)).toMatchObject({
      watched: { status: "activated", receipt: { currentLabelAfter: "qa" } },
    })
    expect(await run.line(2)).toMatchObject({ watched: { status: "noop" } })
    run.kill("SIGTERM")
    expect((await run.ended()).stderr).toContain("1 switch, 0 failures")
  })

  test("goes on through a state file that can't be read, more slowly, and is fine again", async () => {
    await using world = await watching()
    await using run = startWatch(world, LOOP)
    await run.line(1)
    const whole = await readFile(stateFile(world), "utf8")
    await writeFile(stateFile(world), "{ broken")
    const before = run.lines().length
    await run.line(before + 2)
    const failed = run.lines().slice(before)
    const broken = failed.findIndex(({ ok }) => !ok)
    expect(failed[broken]).toMatchObject({ ok: false, error: { code: "state_broken" } })
    await run.line(before + broken + 2)
    await writeFile(stateFile(world), whole)
    let count = run.lines().length
    while (!(await run.line(count)).ok) count += 1
    expect(run.lines().filter(({ ok }) => !ok).length).toBeGreaterThanOrEqual(2)
    run.kill("SIGINT")
    const { code, stderr } = await run.ended()
    expect(code).toBe(130)
    expect(stderr).toMatch(/[2-9] failures/)
  })

  test("that is over while things are wrong ends with 1", async () => {
    await using world = await watching()
    await writeFile(stateFile(world), "{ broken")
    await using run = startWatch(world, `${LOOP} --until ${at(IN_A_WHILE)}`)
    expect(await run.ended()).toMatchObject({ code: 1, signal: null })
    expect(run.lines()[0]).toMatchObject({ ok: false, error: { code: "state_broken" } })
  })

  test("whose last look was blocked ends with 1", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using run = startWatch(world, `${LOOP} --until ${at(IN_A_WHILE)}`)
    expect(await run.ended()).toMatchObject({ code: 1, signal: null })
    expect(run.lines()[0]).toMatchObject({ ok: false, watched: { status: "blocked" } })
  })

  test("of Claude Code is the same loop", async () => {
    await using world = await openWorld([], {
      claudeAccounts: [{ name: "lessons" }],
    })
    await world.claudeLabel("lessons")
    await using run = startWatch(
      world,
      `claude watch --interval-seconds 1 --until ${at(IN_A_WHILE)}`,
    )
    expect(await run.ended()).toMatchObject({ code: 0 })
    expect(run.lines()[0]).toMatchObject({ watched: { receipt: { action: "claude_watch" } } })
  })
})

describe("what is asked of a loop that is none", () => {
  test.each([
    ["--until 25:00", "invalid_value"],
    ["--until 2020-01-01", "invalid_value"],
    ["--interval-seconds 0", "invalid_value"],
    ["--interval-seconds 86401", "invalid_value"],
    ["--once --until 07:30", "conflicting_flags"],
    ["--once --beside-schedule", "conflicting_flags"],
  ])("%s", async (flags, code) => {
    await using world = await openWorld([])
    expect(await world.json(`codex watch ${flags}`, 2)).toMatchObject({ error: { code } })
  })
})
