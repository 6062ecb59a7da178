import { describe, expect, test } from "bun:test"
import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { RestoreResult } from "../../src/operations/restore.ts"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import type { BackupView } from "../../src/vault/find-backup.ts"
import { openWorld, type World } from "../support/world.ts"
import { atTerminal } from "./support/at-terminal.ts"
import { codexRefreshes } from "./support/codex-client.ts"
import { differences, pictureOf } from "./support/home-picture.ts"
import { leaveReplyOnDisk } from "./support/reply-on-disk.ts"

type Restored = RestoreResult & { ok: boolean }
type Failed = { error: { code: string; message: string; hint: string } }

const stateOf = (world: World) => join(world.home, ".aimgr", "secrets.json")
const logins = async (world: World) =>
  Object.fromEntries(
    Object.entries((await world.vault()).credentials["openai-codex"] ?? {}).map(
      ([label, { refresh }]) => [label, refresh],
    ),
  )
const backups = async (world: World) =>
  (await world.json<{ backups: BackupView[] }>("restore")).backups
const newest = async (world: World) => String((await backups(world))[0]?.name)

/** `boss` is live and in a home of its own; the newest backup knows `boss` alone, or both. */
async function inUse(knowing: "boss" | "both"): Promise<World> {
  const world = await openWorld([{ name: "boss" }, { name: "qa" }])
  await world.label("boss")
  await world.json("codex use")
  await world.label("qa")
  if (knowing === "both") await world.json("account disable qa")
  return world
}

const everyUsable = async (world: World) => {
  type Done = { labels: { label: string; outcome: string }[] }
  const { labels } = await world.json<Done>("refresh --all --force")
  return labels.map(({ label, outcome }) => `${label} ${outcome}`).sort()
}

describe("aim restore alone", () => {
  test("lists the backups and changes nothing", async () => {
    await using world = await inUse("both")
    await writeFile(`${stateOf(world)}.bak.20200101-000000000`, "{ broken", { mode: 0o600 })
    const before = await pictureOf(world.home)
    const found = await backups(world)
    expect(found[0]).toMatchObject({ fault: null, labels: ["boss", "qa"], logins: 2 })
    expect(found.at(-1)).toMatchObject({ name: "20200101-000000000", labels: [], bytes: 8 })
    const { lines, code } = await atTerminal("restore", { home: world.home })
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^backup +age +state +size +logins +labels$/)
    expect(lines[1]).toMatch(/^\d{8}-\d{9} +\d+s +good +\d KiB +2 +boss, qa$/)
    expect(lines.join("\n")).toMatch(/20200101-000000000 .* broken .* not valid JSON/)
    expect(lines.at(-1)).toMatch(/hint: aim restore \d{8}-\d{9}$/)
    expect(differences(before, await pictureOf(world.home))).toEqual([])
  })

  test("says so when there are none", async () => {
    await using world = await openWorld([])
    expect(await backups(world)).toEqual([])
    expect(await readdir(world.home)).toEqual([])
  })
})

describe("a backup comes back", () => {
  test("with its labels and settings, the newest logins, and the present file kept", async () => {
    await using world = await inUse("boss")
    const name = await newest(world)
    await world.json("refresh --all --force")
    const inClient = await codexRefreshes(world, world.codexHome)
    await world.json("account disable boss")
    const { qa } = await logins(world)
    const present = await readFile(stateOf(world), "utf8")
    const done = await world.json<Restored>(`restore ${name} --yes`)
    expect(done).toMatchObject({
      ok: true,
      changed: true,
      gone: ["qa"],
      labels: [{ label: "boss", source: "store", store: world.codexHome }],
      quarantined: [{ label: "qa", reason: "not_in_backup" }],
    })
    expect(await readFile(String(done.kept), "utf8")).toBe(present)
    const vault = await world.vault()
    expect(Object.keys(vault.accounts)).toEqual(["boss"])
    expect(vault.accounts.boss?.pool).toEqual({ enabled: true })
    expect(await logins(world)).toEqual({ boss: inClient })
    expect(vault.quarantine).toMatchObject([
      { label: "qa", reason: "not_in_backup", credential: { refresh: qa } },
    ])
    expect(vault.targets.codexCli).toMatchObject({ activeLabel: "boss" })
    await world.json(`quarantine adopt ${vault.quarantine?.[0]?.id} qa`)
    expect(await everyUsable(world)).toEqual(["boss refreshed", "qa refreshed"])
    const again = await world.json<Restored>(`restore ${name} --yes`)
    expect(again.quarantined).toMatchObject([{ label: "qa" }])
  })

  test("with a client's login where nothing newer is known", async () => {
    await using world = await inUse("both")
    const name = await newest(world)
    const renewed = await codexRefreshes(world, world.codexHome)
    await rm(stateOf(world))
    const done = await world.json<Restored>(`restore ${name} --yes`)
    expect(done).toMatchObject({
      kept: null,
      labels: [
        { label: "boss", source: "store", store: world.codexHome },
        { label: "qa", source: "backup" },
      ],
    })
    expect((await logins(world)).boss).toBe(renewed)
    const home = join(world.home, "logins", "boss")
    expect((await world.auth(home)).tokens.refresh_token).toBe(renewed)
    expect(await everyUsable(world)).toEqual(["boss refreshed", "qa refreshed"])
  })

  test("with its own tokens only where they are asked for, and says what they are", async () => {
    await using world = await inUse("both")
    const name = await newest(world)
    const old = await logins(world)
    for (const label of ["boss", "qa"]) await world.json(`refresh ${label} --force`)
    const present = await logins(world)
    const { lines, code } = await atTerminal(`restore ${name} --with-tokens`, {
      home: world.home,
      typed: "y\n",
      env: world.env,
    })
    expect(code).toBe(0)
    expect(lines.join("\n")).toContain("tokens out of a backup are probably spent")
    expect(await logins(world)).toEqual(old)
    const { quarantine } = await world.vault()
    expect(quarantine?.map(({ reason, credential }) => `${reason} ${credential.refresh}`)).toEqual([
      `restored_over ${present.boss}`,
      `restored_over ${present.qa}`,
    ])
    // The clients still hold the newer ones: the next command takes them in again.
    await world.json("refresh --all")
    expect(await logins(world)).toEqual(present)
  })
})

describe("whatever the present file is", () => {
  test.each<[string, (text: string) => string | Uint8Array]>([
    ["cut short", (text) => text.slice(0, -100)],
    ["empty", () => ""],
    ["no text", () => new Uint8Array([0xff, 0xfe, 0, 0])],
    ["a list", () => "[]"],
  ])("%s: its own words lead to the restore, and its bytes are kept", async (_name, damage) => {
    await using world = await inUse("both")
    const damaged = damage(await readFile(stateOf(world), "utf8"))
    await writeFile(stateOf(world), damaged)
    const { error } = await world.json<Failed>("status", 1)
    const [, command = ""] = /(restore \S+)$/.exec(error.hint) ?? []
    expect(command).toContain(".bak.")
    const refused = await world.aim(command)
    expect(refused.code).toBe(2)
    expect(await readFile(stateOf(world))).toEqual(Buffer.from(damaged))
    const done = await world.json<Restored>(`${command} --yes`)
    expect(await readFile(String(done.kept))).toEqual(Buffer.from(damaged))
    expect(done.kept).toContain("secrets.json.replaced-")
    expect(await everyUsable(world)).toEqual(["boss refreshed", "qa refreshed"])
  })

  test("of a newer aim: kept, and its logins are not lost", async () => {
    await using world = await inUse("both")
    const name = await newest(world)
    for (const label of ["boss", "qa"])
      await world.json(`codex forget-home ${join(world.home, "logins", label)}`)
    await world.json("refresh --all --force")
    const present = await logins(world)
    const newer = JSON.stringify({ ...(await world.vault()), schemaVersion: "0.9", more: [1] })
    await writeFile(stateOf(world), newer)
    const done = await world.json<Restored>(`restore ${name} --yes`)
    expect(await readFile(String(done.kept), "utf8")).toBe(newer)
    expect(await logins(world)).toEqual(present)
    expect(await world.vault()).not.toHaveProperty("more")
    expect(await everyUsable(world)).toEqual(["boss refreshed", "qa refreshed"])
  })

  test("with a post's reply on disk that it could not take in", async () => {
    await using world = await inUse("both")
    const name = await newest(world)
    await world.json(`codex forget-home ${join(world.home, "logins", "qa")}`)
    await leaveReplyOnDisk(world, "qa")
    await writeFile(stateOf(world), "{ broken")
    await world.json<Restored>(`restore ${name} --yes`)
    expect((await logins(world)).qa).toBe(world.sim.liveRefreshTokens("qa").at(-1))
    expect(await everyUsable(world)).toEqual(["boss refreshed", "qa refreshed"])
  })
})

describe("nothing happens", () => {
  test("without a yes", async () => {
    await using world = await inUse("both")
    const name = await newest(world)
    const before = await pictureOf(world.home)
    expect((await world.json<Failed>(`restore ${name}`, 2)).error.code).toBe("needs_yes")
    const asked = await atTerminal(`restore ${name}`, {
      home: world.home,
      typed: "n\n",
      env: world.env,
    })
    expect(asked.code).toBe(1)
    const said = asked.lines.join("\n")
    expect(said).toContain(`to restore ${stateOf(world)}.bak.${name} into ${stateOf(world)}`)
    expect(said).toContain("`qa` keeps its login, which is the backup's")
    expect(said).toContain("the present file is kept as a backup")
    expect(differences(before, await pictureOf(world.home))).toEqual([])
  })

  test.each([
    ["restore 2099", 1, "unknown_backup"],
    ["restore 20", 1, "ambiguous_backup"],
    ["restore 19990101 --yes", 1, "backup_unusable"],
    ["restore --yes", 2, "missing_argument"],
    ["restore --with-tokens", 2, "missing_argument"],
  ])("after aim %s: %d, %s", async (line, exit, code) => {
    await using world = await inUse("both")
    await writeFile(`${stateOf(world)}.bak.19990101-000000000`, '{"schemaVersion":"9"}')
    expect((await world.json<Failed>(line, exit)).error.code).toBe(code)
  })

  test("when the file is what the backup restores", async () => {
    await using world = await inUse("both")
    const name = await newest(world)
    await world.json(`restore ${name} --yes`)
    const before = await pictureOf(world.home)
    expect(await world.json<Restored>(`restore ${name} --yes`)).toMatchObject({
      changed: false,
      kept: null,
      touches: [],
    })
    expect(differences(before, await pictureOf(world.home))).toEqual([])
  })
})

test("two restores and two refreshes at once undo nothing of each other", async () => {
  await using world = await inUse("both")
  const name = await newest(world)
  await world.json("account enable qa")
  const seen = world.sim.log().length
  const ends = await Promise.all(
    [
      `restore ${name} --yes`,
      "refresh --all --force",
      `restore ${name} --yes`,
      "refresh boss --force",
    ].map((line) => world.aim(`${line} --json`)),
  )
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  expect(Math.max(...postsPerRefreshToken(world.sim.log().slice(seen)).values())).toBe(1)
  const stored = Object.values(await logins(world)).sort()
  const live = ["boss", "qa"].map((account) => world.sim.liveRefreshTokens(account).at(-1))
  expect(stored).toEqual(live.map(String).sort())
  expect((await world.vault()).quarantine ?? []).toEqual([])
})

test("no token is printed or goes into the ledger", async () => {
  await using world = await inUse("boss")
  const name = await newest(world)
  await world.json("refresh --all --force")
  for (const line of [
    "restore",
    "restore --json",
    `restore ${name} --yes`,
    "history show 99",
    "history",
  ]) {
    const { stdout, stderr } = await world.aim(line)
    expect(stdout + stderr).not.toContain(CANARY)
  }
  const { receipts } = await world.json<{ receipts: { id: number; action: string }[] }>("history")
  expect(receipts[0]?.action).toBe("restore")
  const shown = await world.aim(`history show ${receipts[0]?.id}`)
  expect(shown.stdout).toContain("not_in_backup")
  expect(shown.stdout).not.toContain(CANARY)
})
