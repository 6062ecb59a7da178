import { expect, test } from "bun:test"
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { differences, pictureOf } from "./support/home-picture.ts"

/** A state file of the oldest format with these accounts' logins in it; gives its path and text. */
async function legacyFile(world: World, keys: Record<string, string>) {
  const accounts = Object.entries(keys).map(([key, name]) => {
    const {
      accessToken: access,
      refreshToken: refresh,
      expiresAt,
      accountId,
    } = world.sim.mintLogin(name)
    const credential = { provider: "openai-codex", access, refresh, expires: expiresAt, accountId }
    const browser = { profileDirectory: "Profile 3" }
    return [key, { email: `${name}@example.test`, browser, openclaw: { credential } }] as const
  })
  const agentPins = { writer: "openai-codex:boss" }
  const old = {
    version: 1,
    mine: [1],
    accounts: Object.fromEntries(accounts),
    openclaw: { agentPins },
  }
  const folder = join(world.home, ".aimgr")
  await mkdir(folder, { mode: 0o700 })
  const file = join(folder, "secrets.json")
  await writeFile(file, JSON.stringify(old), { mode: 0o644 })
  return { folder, file, text: JSON.stringify(old) }
}

test("the oldest state file serves at once, unwritten, and becomes 0.2 with the first change", async () => {
  await using world = await openWorld([{ name: "boss" }, { name: "qa" }, { name: "odd" }])
  const { folder, file, text } = await legacyFile(world, {
    Boss: "boss",
    qa: "qa",
    "my odd one": "odd",
  })
  const before = await pictureOf(world.home)
  for (const args of ["status", "status --json", "why", "account list", "account show boss"])
    expect((await world.aim(args)).code, args).toBe(0)
  expect(differences(before, await pictureOf(world.home))).toEqual([])
  type Shown = { account: { readiness: object; expectEmail: string } }
  const { account } = await world.json<Shown>("account show boss")
  expect(account).toMatchObject({
    readiness: { status: "ready" },
    expectEmail: "boss@example.test",
  })

  await world.json("codex use")
  expect(await world.vault()).toMatchObject({
    schemaVersion: "0.2",
    mine: [1],
    accounts: {
      boss: { browser: { mode: "chrome-profile", profileDirectory: "Profile 3" } },
      qa: {},
    },
    unconverted: { accounts: { "my odd one": { email: "odd@example.test" } } },
    targets: { openclaw: { assignments: { writer: "boss" } } },
  } as object)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const backups = (await readdir(folder)).filter((name) => name.includes(".bak.")).sort()
  expect(await readFile(join(folder, String(backups[0])), "utf8")).toBe(text)

  const [kept] = (await world.vault()).quarantine ?? []
  expect(kept).toMatchObject({ reason: "legacy_label", label: null })
  expect((await world.aim("quarantine list")).stdout).toContain(
    `aim quarantine adopt ${kept?.id} <label>`,
  )
  await world.json(`quarantine adopt ${kept?.id} odd`)
  const refreshed = await world.json<{ labels: { label: string; outcome: string }[] }>(
    "refresh --all --force",
  )
  expect(refreshed.labels.map(({ label, outcome }) => `${label} ${outcome}`).sort()).toEqual([
    "boss refreshed",
    "odd refreshed",
    "qa refreshed",
  ])
})

test("a file of another program without a version is left alone", async () => {
  await using world = await openWorld([])
  const file = join(world.home, "package.json")
  await writeFile(file, '{"name":"x","version":"1.0.0"}')
  const result = await world.aim(`account add boss --json --state ${file}`)
  expect(result.json()).toMatchObject({ error: { code: "state_unversioned" } })
  expect(await readFile(file, "utf8")).toBe('{"name":"x","version":"1.0.0"}')
})
