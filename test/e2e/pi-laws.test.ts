import { describe, expect, test } from "bun:test"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import {
  piEntry,
  piFile,
  piHome,
  piLogin,
  piRefreshes,
  piRefreshToken,
  readPi,
  writePi,
} from "../support/pi-home.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

const UNMANAGED = "pi_target_unmanaged_login"

type Refreshed = { labels: { label: string; outcome: string }[] }
type Status = {
  piCli: Record<string, unknown> & { readback: Record<string, unknown> }
  warnings: { kind: string; system?: string; label?: string }[]
}

/** `boss` stored, and live in Pi. */
async function live(): Promise<World> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.json("pi use")
  return world
}

const stored = async (world: World, label = "boss") =>
  (await world.vault()).credentials["openai-codex"]?.[label]?.refresh ?? "none"
const piWarnings = ({ warnings }: Status) =>
  warnings.filter(({ system }) => system === "pi-cli").map(({ kind }) => kind)

describe("a store in Pi is a store like any other", () => {
  test("a refresh finds what Pi has renewed and posts nothing", async () => {
    await using world = await live()
    const renewed = await piRefreshes(world)
    const { labels } = await world.json<Refreshed>("refresh boss --force")
    expect(labels).toMatchObject([{ label: "boss", outcome: "captured" }])
    expect(await stored(world)).toBe(renewed)
    expect(world.sim.log().filter(({ kind }) => kind === "token_refresh")).toHaveLength(1)
  })

  test("any command that heals brings it up to date, and keeps its neighbours", async () => {
    await using world = await live()
    const dir = piHome(world.home)
    const old = await readPi(dir)
    await world.json("refresh boss --force")
    await writePi(dir, { anthropic: { type: "api_key" }, ...old })
    await world.json("codex use")
    expect(await piRefreshToken(dir)).toBe(await stored(world))
    expect((await readPi(dir)).anthropic).toEqual({ type: "api_key" })
  })

  test("a captured home is kept up to date until it is forgotten", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const dir = join(world.home, "pi-work")
    await piLogin(world, "boss", { dir })
    await world.json(`pi capture boss --source-home ${dir}`)
    await world.json("refresh boss --force")
    expect(await piRefreshToken(dir)).toBe(await stored(world))
    await world.json(`pi forget-home ${dir}`)
    const before = await readFile(piFile(dir), "utf8")
    await world.json("refresh boss --force")
    expect(await readFile(piFile(dir), "utf8")).toBe(before)
  })

  test("a rename goes with it, a removal leaves the login where it is", async () => {
    await using world = await live()
    await world.json("account rename boss chief --yes")
    expect((await world.vault()).targets.piCli).toMatchObject({ activeLabel: "chief" })
    const status = await world.json<Status>("status")
    expect(status.piCli).toMatchObject({ activeLabel: "chief", inferredLabel: "chief" })
    const before = await readFile(piFile(piHome(world.home)), "utf8")
    await world.json("account remove chief --yes")
    expect(await readFile(piFile(piHome(world.home)), "utf8")).toBe(before)
  })

  test("a restored backup takes the newest login out of it", async () => {
    await using world = await live()
    await world.label("qa")
    const renewed = await piRefreshes(world)
    const { backups } = await world.json<{ backups: { name: string }[] }>("restore")
    await world.json(`restore ${backups[0]?.name} --yes`)
    expect(await stored(world)).toBe(renewed)
  })

  test("a home outside a chosen home is not reached", async () => {
    await using world = await live()
    const env = { PI_CODING_AGENT_DIR: piHome(world.home) }
    const box = join(world.home, "box")
    await mkdir(box)
    const { code, stdout } = await world.aim(`pi use --json --home ${box}`, { env })
    expect([code, stdout]).toEqual([2, expect.stringContaining("home_escape")])
  })
})

describe("Pi's block in status", () => {
  test("shows who serves it, and writes nothing", async () => {
    await using world = await live()
    const before = await pictureOf(world.home)
    const status = await world.json<Status>("status")
    expect(status.piCli).toMatchObject({
      agentDir: piHome(world.home),
      authPath: piFile(piHome(world.home)),
      activeLabel: "boss",
      inferredLabel: "boss",
      relation: "same",
      readback: {
        ok: true,
        holds: "login",
        providerEntryPresent: true,
        providerEntryType: "oauth",
      },
      lastSelectionReceipt: { action: "pi_use", label: "boss" },
    })
    expect(status.piCli).not.toHaveProperty("unsupported_yet")
    expect(piWarnings(status)).toEqual([])
    expect((await world.aim("status")).stdout).toMatch(/^pi +boss, switched/m)
    const why = await world.json<{ target: string }>("why pi")
    expect(why.target).toBe("pi")
    expect(await pictureOf(world.home)).toEqual(before)
  })

  test("says nothing of a Pi that aim has never had to do with", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    await writePi(piHome(world.home), { anthropic: { type: "api_key", key: "x" } })
    expect(piWarnings(await world.json<Status>("status"))).toEqual([])
    expect((await world.aim("status")).stdout).not.toMatch(/^pi /m)
  })

  const entry = { type: "oauth", access: "a.b.c", refresh: "AIMCANARY-r", expires: 1 }
  test.each([
    ["no file", null, ["pi_target_missing_auth_file"]],
    ["half a file", "{", ["pi_target_auth_unreadable"]],
    ["no entry", "{}", ["pi_target_missing_provider_entry"]],
    [
      "an API key",
      '{"openai-codex":{"type":"api_key"}}',
      [UNMANAGED, "pi_target_provider_entry_invalid"],
    ],
    ["a kind of its own", '{"openai-codex":{"type":"x"}}', ["pi_target_provider_entry_invalid"]],
    [
      "a stranger's login",
      JSON.stringify({ "openai-codex": { ...entry, accountId: "ws_other" } }),
      [UNMANAGED, "pi_target_account_mismatch"],
    ],
  ])("names what is wrong: %s", async (_, text, kinds) => {
    await using world = await live()
    const dir = piHome(world.home)
    if (text === null) await Bun.file(piFile(dir)).delete()
    else await writeFile(piFile(dir), text)
    const status = await world.json<Status>("status")
    expect(piWarnings(status)).toEqual(kinds)
    expect(JSON.stringify(status)).not.toContain("AIMCANARY")
  })

  test("names a label that is gone, and another one in its place", async () => {
    await using world = await live()
    await world.label("qa")
    await writePi(piHome(world.home), { "openai-codex": piEntry(world.sim.mintLogin("qa")) })
    const moved = piWarnings(await world.json<Status>("status"))
    expect(moved).toContain("pi_target_label_mismatch")
    expect(moved).toContain("pi_target_account_mismatch")
    await world.json("account remove boss --yes")
    const state = join(world.home, ".aimgr", "secrets.json")
    const vault = JSON.parse(await readFile(state, "utf8"))
    vault.targets.piCli.activeLabel = "boss"
    await writeFile(state, JSON.stringify(vault), { mode: 0o600 })
    const gone = piWarnings(await world.json<Status>("status"))
    expect(gone).toContain("pi_target_label_missing")
    vault.accounts.boss = { provider: "openai-codex" }
    await writeFile(state, JSON.stringify(vault), { mode: 0o600 })
    const empty = piWarnings(await world.json<Status>("status"))
    expect(empty).toContain("pi_target_credentials_missing")
  })
})
