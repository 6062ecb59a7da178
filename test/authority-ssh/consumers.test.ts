import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { openAuthority, writeScript } from "../support/authority-world.ts"
import { racesPromotions } from "../support/promotion-race.ts"
import { consumerOf, PROMOTE, SYNC, storedIn } from "../support/ssh-consumer.ts"

describe("over ssh", () => {
  test("a consumer imports, uses, makes a login and hands it back", async () => {
    await using world = await openAuthority(["boss", "qa"])
    const one = consumerOf(world)
    const before = await readFile(world.state)
    const dry = await one.json<{ plan: unknown; transport: string }>(`${SYNC} --dry-run`)
    const done = await one.json<{ plan: unknown; transport: string }>(SYNC)
    expect(done).toMatchObject({ plan: dry.plan, transport: "aim", hint: null })
    expect(await readFile(world.state)).toEqual(before)
    expect(await one.json("codex use")).toMatchObject({ ok: true })
    await one.login("boss")
    await one.json(`${PROMOTE} --dry-run`)
    expect(await readFile(world.state)).toEqual(before)
    expect(await one.json(PROMOTE)).toMatchObject({ promoted: { status: "applied" } })
    expect(await one.json(PROMOTE)).toMatchObject({ promoted: { status: "noop" } })
    expect(await storedIn(world.state, "boss")).toBe(await one.stored("boss"))
    const show = await one.json<{ authorities: object[] }>("authority show")
    expect(show.authorities).toMatchObject([{ client: "codex", transport: "aim" }])
  })

  test("the authority renews what is due, and posts it once however many ask", async () => {
    await using world = await openAuthority(["boss"])
    const consumers = [consumerOf(world), consumerOf(world), consumerOf(world)]
    for (const { json } of consumers) await json(SYNC)
    const ends = await Promise.all(consumers.map(({ aim }) => aim("refresh boss --force --json")))
    const outcomes = ends.map(({ stdout }) => stdout.match(/"outcome": "(\w+)"/)?.[1])
    expect(outcomes).toEqual(["taken", "taken", "taken"])
    const log = world.there.sim.log()
    expect([...postsPerRefreshToken(log).values()].filter((posts) => posts > 1)).toEqual([])
    expect(reuses(log)).toEqual([])
    expect(await consumers[0]?.stored("boss")).toBe(await consumers[2]?.stored("boss"))
  })

  test("while nobody answers there it is renewed here, and handed over afterwards", async () => {
    await using world = await openAuthority(["boss"])
    const one = consumerOf(world)
    await one.json(SYNC)
    const straight = await readFile(world.sshd.config, "utf8")
    await Bun.write(world.sshd.config, straight.replace(/Port \d+/, "Port 1"))
    expect(await one.json("refresh boss --force")).toMatchObject({
      labels: [{ label: "boss", outcome: "refreshed" }],
    })
    expect(await one.json("authority list")).toMatchObject({
      authorities: [{ dirtyLabels: ["boss"], reachable: false }],
    })
    expect((await one.json<{ error: { code: string } }>(SYNC, 1)).error.code).toMatch(/^authority_/)
    await Bun.write(world.sshd.config, straight)
    expect(await one.json(SYNC)).toMatchObject({ promoted: { labels: ["boss"] } })
    expect(await storedIn(world.state, "boss")).toBe(await one.stored("boss"))
  })

  test("with no aim there the whole file is read, and that is said", async () => {
    await using world = await openAuthority(["boss"], { aim: "none" })
    const one = consumerOf(world)
    const done = await one.json<{ transport: string; hint: string }>(SYNC)
    expect(done.transport).toBe("whole-file")
    expect(done.hint).toContain("whole state file")
    expect((await one.aim(`${SYNC} --dry-run`)).stdout).toContain("whole")
  })

  test("the reference program there takes a promotion; one whose answer was lost succeeds again", async () => {
    await using world = await openAuthority(["boss"], { aim: "reference" })
    const one = consumerOf(world)
    await one.json(SYNC)
    await one.login("boss")
    const file = join(one.home, ".aimgr", "secrets.json")
    const before = await readFile(file)
    expect(await one.json(PROMOTE)).toMatchObject({ promoted: { status: "applied" } })
    expect(await storedIn(world.state, "boss")).toBe(await one.stored("boss"))
    // By its own rule it refuses what it has already: its login is not the one that was imported.
    await Bun.write(file, before)
    expect(await one.json(PROMOTE)).toMatchObject({ promoted: { status: "noop" } })
    expect(await one.json("authority list")).toMatchObject({ authorities: [{ dirtyLabels: [] }] })
  })

  test("an authority that answers nonsense changes nothing here", async () => {
    await using world = await openAuthority(["boss"])
    const one = consumerOf(world)
    await one.json(SYNC)
    const file = join(one.home, ".aimgr", "secrets.json")
    const before = await readFile(file)
    await Bun.file(join(world.remoteBin, "aim")).delete()
    await writeScript(
      join(world.remoteBin, "aim"),
      'test "$1" = --version && { echo "aim 9.9.9"; exit; }\necho hello',
    )
    const failed = await one.json<{ error: { code: string } }>(SYNC, 1)
    expect(failed.error.code).toMatch(/^authority_answer/)
    expect(await readFile(file)).toEqual(before)
  })

  // A hundred rounds are in test/long: a default run has a quarter of an hour.
  racesPromotions(5)
})
