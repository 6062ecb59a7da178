import { describe, expect, test } from "bun:test"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Status } from "../../src/operations/status/document.ts"
import type { Fault } from "../../src/simulator/fault.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import { openWorld, type UseDocument, type World } from "../support/world.ts"
import { quota } from "./support/quota.ts"
import { runAim } from "./support/run-aim.ts"
import { tempHome } from "./support/temp-home.ts"
import { watched } from "./support/watched.ts"

const ESC = "\u001b"
const USAGE = "/backend-api/wham/usage"
const POOL = [
  { name: "boss", plan_type: "plus", ...quota(94, 38) },
  { name: "qa", plan_type: "pro", ...quota(8, 25) },
]

async function pool(): Promise<World> {
  const world = await openWorld(POOL)
  for (const { name } of POOL) await world.label(name)
  return world
}

/** Ways to lie: each a reply that parses and must not be believed. */
const LIES: readonly Record<string, unknown>[] = [
  { "rate_limit.primary_window.used_percent": "abc" },
  { "rate_limit.primary_window.used_percent": -5 },
  { "rate_limit.primary_window.used_percent": null },
  { "rate_limit.primary_window.limit_window_seconds": "x" },
  { "rate_limit.primary_window": [] },
]

test("thirty labels: ten hang, five are refused, five lie; the rest is right, inside one round", async () => {
  const names = (kind: string, count: number) => Array.from({ length: count }, (_, n) => kind + n)
  const [hung, refused, lying, good] = [
    names("a-hung", 10),
    names("b-refused", 5),
    names("c-lying", 5),
    names("d-good", 10),
  ] as const
  const all = [...hung, ...refused, ...lying, ...good]
  await using world = await openWorld(all.map((name) => ({ name, ...quota(20, 40) })))
  for (const name of all) await world.label(name)
  const fault = (account: string, more: object) =>
    world.sim.addFault({ path: USAGE, account, ...more } as Fault)
  for (const name of hung) fault(name, { kind: "hang" })
  for (const name of refused) fault(name, { kind: "status", status: 401 })
  for (const [at, name] of lying.entries()) fault(name, { kind: "set", values: LIES[at] })

  const begun = Date.now()
  const document = await world.json<Status>("status --live")
  // Ten that hang for 8 s each take two turns of eight at a time, were it not for the round's limit.
  expect(Date.now() - begun).toBeLessThan(16_000)

  const usage = (label: string) => document.accounts.find((each) => each.label === label)?.usage
  for (const name of good) {
    expect(usage(name)).toMatchObject({ ok: true, status: "read" })
    expect(usage(name)?.windows.map(({ usedPercent }) => usedPercent)).toEqual([20, 40])
  }
  for (const name of refused)
    expect(usage(name)).toMatchObject({ ok: false, status: "unauthorized" })
  // A window that lies is left out; the true one beside it stays.
  for (const name of lying) expect(usage(name)?.windows.map(({ kind }) => kind)).toEqual(["weekly"])
  for (const name of hung)
    expect(["transient", "not_reached"]).toContain(usage(name)?.status ?? "missing")
  expect(document.unknown_accounts).toBe(15)
  expect(document.pool_now).toMatchObject({ ready_accounts: 30, usable_capacity_w: 15 })
  expect(document.windows).toMatchObject({ floor_5h_pct: 80, pool_7d_used_pct: 40 })
  expect(document.accounts.map(({ label }) => label)).toEqual(all)
})

test("what is next best is what `codex use --dry-run` would choose", async () => {
  await using world = await pool()
  for (const step of ["status", "codex use", "codex use --next"]) {
    await world.aim(step)
    const { nextBestCandidate } = await world.json<Status>("status")
    const { activated } = await world.json<UseDocument>("codex use --dry-run")
    expect(nextBestCandidate?.label).toBe(activated.receipt.label)
  }
})

describe("a home with all five clients", () => {
  test("leaks none of their secrets into any form of status", async () => {
    await using world = await pool()
    await world.aim("codex use")
    const secret = { key: CANARY, access: CANARY, list: [CANARY], [CANARY]: { deep: CANARY } }
    for (const file of [
      ".claude/.credentials.json",
      ".claude.json",
      ".pi/agent/auth.json",
      ".openclaw/openclaw.json",
      ".openclaw/agents/main/agent/auth-profiles.json",
      ".hermes/auth.json",
      ".hermes/profiles/night/auth.json",
      ".codex/config.toml",
    ]) {
      const path = join(world.home, file)
      await mkdir(join(path, ".."), { recursive: true })
      const text = file.endsWith("toml") ? `x = "${CANARY}"\n` : JSON.stringify(secret)
      await writeFile(path, text)
    }
    // A foreign key in Codex's own file, beside the login.
    const auth = JSON.parse(await readFile(join(world.codexHome, "auth.json"), "utf8"))
    await writeFile(
      join(world.codexHome, "auth.json"),
      JSON.stringify({ ...auth, OPENAI_API_KEY: CANARY, mine: secret }),
    )
    for (const flags of ["", "--json", "--compact", "--accounts --assignments", "--live --json"]) {
      const { code, stdout, stderr } = await world.aim(`status ${flags}`)
      expect(code, flags).toBe(0)
      expect(stdout + stderr, flags).not.toContain(CANARY)
    }
    for (const name of await readdir(join(world.home, ".aimgr")))
      if (name.startsWith("ledger"))
        expect(await Bun.file(join(world.home, ".aimgr", name)).text()).not.toContain(CANARY)
  })
})

describe("flags", () => {
  test("--compact is one line, and --json stands over it", async () => {
    await using world = await pool()
    await world.aim("codex use")
    await world.aim("status")
    expect((await world.aim("status --compact")).stdout).toMatch(
      /^load=0% {2}spare=2w {2}5h_floor=6%\(boss\) {2}7d_floor=62%\(boss\) {2}eta=\S+h {2}label=\w+ {2}next=\w+ {2}unknown=0 {2}capacity=enough\n$/,
    )
    expect((await world.json<Status>("status --compact")).accounts).toHaveLength(2)
  })

  test("--accounts adds what is remembered, --assignments who is on what", async () => {
    await using world = await pool()
    const { stdout } = await world.aim("status --accounts --assignments")
    expect(stdout).toMatch(
      /^label +provider +expires +refreshed +read +failed +quota hit +cooling$/m,
    )
    expect(stdout).toContain("No assignments are stored.")
  })

  test.each([
    "status --watch",
    "status --watch --json",
    "status --interval-seconds 5",
    "status --watch --interval-seconds 0",
    "status --watch --interval-seconds soon",
    "status --live --cached",
  ])("%s is wrong usage in a pipe", async (words) => {
    const { code, stderr, stdout } = await runAim(words.split(" "))
    expect(code).toBe(2)
    expect(stderr + stdout).toMatch(/hint/)
  })
})

describe("--watch on a terminal", () => {
  test("draws over its last picture and leaves the terminal as it was", async () => {
    await using world = await pool()
    const screen = watched("status --watch --interval-seconds 1", world)
    await screen.seen(new RegExp(`${ESC}\\[\\d+A\\r${ESC}\\[J[\\s\\S]*capacity`))
    expect(await screen.press("\u0003")).toBe(130)
    const text = screen.text()
    expect(text).not.toContain("\u001b[?")
    expect(text).not.toContain("\u001b[2J")
    // Each picture is cut to the screen, so that going up finds its first line again.
    for (const picture of text.split("\u001b[J"))
      expect(picture.split("\n").length).toBeLessThanOrEqual(25)
  })

  test("on a dumb one, pictures follow each other without a code", async () => {
    await using world = await pool()
    const screen = watched("status --watch --interval-seconds 1", world, { TERM: "dumb" })
    await screen.seen(/capacity[\s\S]*capacity/)
    expect(await screen.press("\u0003")).toBe(130)
    expect(screen.text()).not.toContain("\u001b")
  })

  test("a state file that breaks and mends is told and taken up again", async () => {
    await using world = await pool()
    const file = join(world.home, ".aimgr", "secrets.json")
    const good = await readFile(file, "utf8")
    const screen = watched("status --watch --interval-seconds 1", world)
    await screen.seen(/capacity/)
    await writeFile(file, "{")
    await screen.seen(/is not valid JSON/)
    await writeFile(file, good)
    await screen.seen(/is not valid JSON[\s\S]*capacity/)
    expect(await screen.press("\u0003")).toBe(130)
  })
})

test("status in an empty home writes nothing, whatever is asked of it", async () => {
  await using home = await tempHome()
  for (const flags of ["--compact", "--accounts", "--assignments", "--json", "--live"])
    expect((await runAim(["status", flags], { home: home.path })).code).toBe(0)
  expect(await readdir(home.path)).toEqual([])
})
