import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { openWorld, type World } from "../support/world.ts"
import { runAim } from "./support/run-aim.ts"

type Plan = { label: string; change: string; reason: string }[]
type Synced = {
  ok: boolean
  plan: Plan
  imported: { importedLabels: string[] }
  liveApplied: { status: string } | null
  promoted: { labels: string[] }
}
type State = { credentials: { "openai-codex": Record<string, { refresh: string }> } }

/** The world's own home is the authority; more homes of the same machine are its consumers. */
type Homes = {
  authority: string
  aim: (name: string, args: string) => ReturnType<typeof runAim>
  json: <T = Synced>(name: string, args: string, code?: number) => Promise<T>
  stored: (name: string | null, label: string) => Promise<string | undefined>
  login: (name: string, account: string) => Promise<void>
}

function homesOf(world: World): Homes {
  const authority = join(world.home, ".aimgr", "secrets.json")
  const home = (name: string) => join(world.home, "consumers", name)
  const aim: Homes["aim"] = async (name, args) => {
    await Bun.write(join(home(name), ".keep"), "")
    const words = args.replaceAll("@A", authority).split(" ")
    return runAim(words, { home: home(name), env: world.env })
  }
  return {
    authority,
    aim,
    json: async (name, args, code = 0) => {
      const result = await aim(name, `${args} --json`)
      expect(result.code, `aim ${args}: ${result.stdout}${result.stderr}`).toBe(code)
      return result.json() as never
    },
    stored: async (name, label) => {
      const file = name === null ? authority : join(home(name), ".aimgr", "secrets.json")
      const state = JSON.parse(await readFile(file, "utf8")) as State
      return state.credentials["openai-codex"][label]?.refresh
    },
    login: async (name, account) => {
      const dir = join(home(name), "logins", `${account}-${Math.random().toString(36).slice(2)}`)
      await world.login(account, { dir })
      const result = await aim(name, `codex capture ${account} --source-home ${dir}`)
      expect(result.code, result.stdout + result.stderr).toBe(0)
    },
  }
}

const SYNC = "sync codex --from @A"

describe("two homes", () => {
  test("sync, use, and what is made here goes back; a further consumer has it at once", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    for (const name of ["boss", "qa"]) await world.label(name)
    const homes = homesOf(world)
    const dry = await homes.json("one", `${SYNC} --dry-run`)
    const done = await homes.json("one", SYNC)
    expect(done.plan).toEqual(dry.plan)
    expect(done.imported.importedLabels).toEqual(["boss", "qa"])
    await homes.json("one", "codex use")
    await homes.login("one", "boss")
    const promote = `promote codex --to @A boss`
    expect(await homes.json<object>("one", promote)).toMatchObject({
      promoted: { action: "promote_codex", status: "applied", labels: ["boss"] },
    })
    expect(await homes.json<object>("one", promote)).toMatchObject({ promoted: { status: "noop" } })
    expect(await homes.stored(null, "boss")).toBe(await homes.stored("one", "boss"))
    await homes.json("two", SYNC)
    expect(await homes.stored("two", "boss")).toBe(await homes.stored("one", "boss"))
    const history = await homes.json<{ receipts: { action: string }[] }>("one", "history")
    expect(history.receipts.map(({ action }) => action)).toContain("codex_promote")
    const there = await world.json<{ receipts: { action: string }[] }>("history")
    expect(there.receipts.map(({ action }) => action)).toContain("apply_codex_promotion")
  })

  test("says at the terminal what becomes of each label", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    const homes = homesOf(world)
    await homes.aim("one", SYNC)
    await homes.login("one", "boss")
    const list = await homes.aim("one", "authority list")
    expect(list.stdout).toContain(`codex from ${homes.authority}`)
    expect(list.stdout).toMatch(/changed here\s+boss/)
    const show = await homes.aim("one", "authority show")
    expect(show.stdout).toContain(
      "kept: the login here is newer than the one there; not promoted yet",
    )
    const status = await homes.aim("one", "status --cached")
    expect(status.stdout).toContain("aim promote codex --to")
  })

  test("two consumers that promote one label at once: one wins, the other's stays usable", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    const homes = homesOf(world)
    for (let round = 0; round < 20; round++) {
      const names = [`a${round}`, `b${round}`]
      for (const name of names) await homes.json(name, SYNC)
      await Promise.all(names.map((name) => homes.login(name, "boss")))
      const made = await Promise.all(names.map((name) => homes.stored(name, "boss")))
      const ends = await Promise.all(
        names.map((name) => homes.aim(name, "promote codex --to @A boss --json")),
      )
      const codes = ends.map(({ code }) => code)
      expect([...codes].sort(), ends.map(({ stdout }) => stdout).join()).toEqual([0, 1])
      const [won, lost] = codes[0] === 0 ? [0, 1] : [1, 0]
      expect(ends[lost]?.stdout).toContain("authority credentials changed")
      expect(await homes.stored(null, "boss")).toBe(made[won])
      const loser = String(names[lost])
      expect(await homes.stored(loser, "boss")).toBe(made[lost])
      const authority = await homes.json<{ authorities: { dirtyLabels: string[] }[] }>(
        loser,
        "authority list",
      )
      expect(authority.authorities[0]?.dirtyLabels).toEqual(["boss"])
      expect(world.sim.liveRefreshTokens("boss")).toContain(String(made[lost]))
    }
  }, 600_000)

  test("sync, refresh, use and login at once lose no update and post no pair twice", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    for (const name of ["boss", "qa"]) await world.label(name, { expiresInSeconds: 60 })
    const homes = homesOf(world)
    await homes.json("one", SYNC)
    await homes.json("two", SYNC)
    const all = ["one", "two"].flatMap((name) =>
      [SYNC, "refresh --all", "codex use", "refresh boss"].map((args) =>
        homes.aim(name, `${args} --json`),
      ),
    )
    await Promise.all([...all, world.aim("refresh --all --json")])
    const twice = [...postsPerRefreshToken(world.sim.log()).values()].filter((n) => n > 1)
    expect([twice, reuses(world.sim.log())]).toEqual([[], []])
    for (const name of ["one", "two"]) {
      await homes.json(name, SYNC)
      for (const label of ["boss", "qa"])
        expect(await homes.stored(name, label)).toBe(await homes.stored(null, label))
    }
  })
})
