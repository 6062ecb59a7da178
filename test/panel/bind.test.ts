import { describe, expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { JsonObject } from "../../src/domain/login.ts"
import { runPanel } from "../../src/panel/run-panel.ts"
import { fileExists } from "../../src/system/files.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { panelFor, type Scripted, scripted } from "./scripted.ts"

/** A browser's folder with these profiles, each with somebody signed in. */
async function browserAt(dir: string, profiles: readonly string[]): Promise<string> {
  for (const profile of profiles) await mkdir(join(dir, profile), { recursive: true })
  const entry = (name: string) => ({ name, user_name: `${name.replaceAll(" ", "")}@example.test` })
  const cache = Object.fromEntries(profiles.map((profile) => [profile, entry(profile)]))
  await writeFile(join(dir, "Local State"), JSON.stringify({ profile: { info_cache: cache } }))
  return dir
}
const chromeOf = ({ home }: PoolWorld) => join(home, ".config/google-chrome")

async function change(world: PoolWorld, steps: Parameters<typeof scripted>[0]): Promise<Scripted> {
  const person = scripted([{ choose: "Change browser" }, ...steps, { choose: "Done" }])
  await runPanel(panelFor(world.pool.homes, person), "boss")
  expect(person.left()).toBe(0)
  return person
}

async function world(): Promise<PoolWorld> {
  const opened = await openPoolWorld()
  await opened.label("boss")
  return opened
}
const account = async (opened: PoolWorld) => (await opened.document()).accounts.boss as JsonObject
const MANAGED = { mode: "browser-managed" }

describe("a profile that was found", () => {
  test("is shown with its exact folders, asked about, and saved", async () => {
    await using opened = await world()
    const dir = await browserAt(chromeOf(opened), ["Default", "Profile 1"])
    const person = await change(opened, [
      { choose: "Chrome profile" },
      { choose: "Chrome: Profile1@" },
      { agree: true },
    ])
    expect(person.seen).toContain(`    folder: ${dir}`)
    expect(person.seen).toContain("    profile: Profile 1")
    const at = person.seen.indexOf("For boss this would be saved:")
    expect(person.seen.slice(at + 1, at + 5)).toEqual([
      "  chrome-profile",
      `  folder: ${dir}`,
      "  profile: Profile 1",
      "Save it?",
    ])
    expect(await account(opened)).toMatchObject({
      browser: { mode: "chrome-profile", userDataDir: dir, profileDirectory: "Profile 1" },
      reauth: MANAGED,
    })
  })

  test.each([
    ["a no", [{ choose: "Chrome" }, { choose: "Chrome: " }, { agree: false }]],
    ["Esc at the yes", [{ choose: "Chrome" }, { choose: "Chrome: " }, "esc" as const]],
    ["Esc in the list", [{ choose: "Chrome" }, "esc" as const]],
    ["Back in the list", [{ choose: "Chrome" }, { choose: "Back" }]],
    ["Back among the modes", [{ choose: "Back" }]],
    ["a no to a profile of its own", [{ choose: "Own" }, { agree: false }]],
    ["Esc at a path", [{ choose: "Chrome" }, { choose: "Enter" }, "esc" as const]],
    ["Esc at a session", [{ choose: "Agent" }, { choose: "Enter" }, { type: "/" }, "esc" as const]],
  ])("is not written before a yes: %s", async (_name, steps) => {
    await using opened = await world()
    await browserAt(chromeOf(opened), ["Default"])
    const before = await opened.text()
    await change(opened, steps)
    expect(await opened.text()).toBe(before)
    expect(await fileExists(join(opened.home, ".aimgr/browser"))).toBe(false)
  })

  test("among many is reached by pages, each with a digit a choice", async () => {
    await using opened = await world()
    const names = Array.from({ length: 10 }, (_, at) => `P ${at}`)
    await browserAt(chromeOf(opened), names)
    const person = await change(opened, [
      { choose: "Chrome profile" },
      { choose: "More" },
      { choose: "More" },
      { choose: "More" },
      { choose: "Chrome: P9@" },
      { agree: true },
    ])
    expect(person.seen.filter((line) => /^\d\d/.test(line))).toEqual([])
    expect((await account(opened)).browser).toMatchObject({ profileDirectory: "P 9" })
  })

  test("can be named by hand, and what is wrong is said", async () => {
    await using opened = await world()
    await mkdir(join(opened.home, "mine"))
    const person = await change(opened, [
      { choose: "Chrome profile" },
      { choose: "Enter it by hand" },
      { type: "mine" },
      { type: "~/nowhere" },
      { type: "~/mine" },
      { type: "../x" },
      { type: "" },
      { agree: true },
    ])
    expect(person.seen).toContain("that is no absolute path: it begins with / or ~/")
    expect(person.seen).toContain(`${opened.home}/nowhere is no folder that is there`)
    expect(person.seen).toContain("`--profile-directory` is a folder's own name")
    expect((await account(opened)).browser).toEqual({
      mode: "chrome-profile",
      userDataDir: join(opened.home, "mine"),
      profileDirectory: "Default",
    })
  })
})

describe("a profile of the label's own", () => {
  test("is made, private and empty", async () => {
    await using opened = await world()
    const own = join(opened.home, ".aimgr/browser/boss/user-data")
    const person = await change(opened, [{ choose: "Own" }, { agree: true }])
    expect(person.seen).toContain(`  folder: ${own}`)
    expect(await fileExists(own)).toBe(true)
    expect(await account(opened)).toMatchObject({
      browser: { mode: "aim-profile" },
      reauth: MANAGED,
    })
  })

  test("begins with a copy of an OpenClaw profile, if that is chosen", async () => {
    await using opened = await world()
    const seed = join(opened.home, ".openclaw/browser/agent-boss/user-data")
    await browserAt(seed, ["Default"])
    const person = await change(opened, [
      { choose: "Own" },
      { choose: "OpenClaw profile agent-boss, Default@example.test" },
      { agree: true },
    ])
    expect(person.seen).toContain(`    a copy of ${seed}`)
    const own = join(opened.home, ".aimgr/browser/boss/user-data")
    expect(await fileExists(join(own, "Local State"))).toBe(true)
    expect((await account(opened)).browser).toMatchObject({
      seededFromOpenclawProfileId: "agent-boss",
    })
    const again = await change(opened, [{ choose: "Own" }, { agree: true }])
    expect(again.seen).toContain("  it is there and stays")
  })
})

test("an agent-browser session by hand", async () => {
  await using opened = await world()
  await mkdir(join(opened.home, "ab"))
  const steps = [{ type: "~/ab" }, { type: "a b" }, { type: "" }, { agree: true }]
  const person = await change(opened, [{ choose: "Agent" }, { choose: "Enter" }, ...steps])
  expect(person.seen).toContain("`--session` may hold letters, digits, `-` and `_` only")
  expect((await account(opened)).browser).toEqual({
    mode: "agent-browser",
    agentBrowserProfile: join(opened.home, "ab"),
    agentBrowserSession: "boss",
  })
})

test("an agent-browser session that OpenClaw's workspace suggests is offered first, with its folder", async () => {
  await using opened = await openPoolWorld()
  await opened.edit((before) => ({ ...before, accounts: { boss: { provider: "openai-codex" } } }))
  const workspace = join(opened.home, "work")
  const profile = join(opened.home, "profiles/agent-boss")
  for (const dir of [workspace, profile]) await mkdir(dir, { recursive: true })
  const config = { agents: { list: [{ id: "helper", workspace }] } }
  await mkdir(join(opened.home, ".openclaw"))
  await writeFile(join(opened.home, ".openclaw/openclaw.json"), JSON.stringify(config))
  const named = JSON.stringify({ session: "boss", profile })
  await writeFile(join(workspace, "agent-browser.json"), named)
  const steps = [{ choose: "Agent" }, { choose: "Session boss, suggested by" }, { agree: false }]
  const person = scripted([...steps, { choose: "Done" }])
  const before = await opened.text()
  await runPanel(panelFor(opened.pool.homes, person), "boss")
  expect(person.seen).toContain("    suggested by OpenClaw's agent helper: session boss")
  expect(person.seen.filter((line) => line === `    folder: ${profile}`)).toHaveLength(1)
  expect(person.seen.slice(person.seen.indexOf("For boss this would be saved:"))).toContain(
    `  folder: ${profile}`,
  )
  expect(await opened.text()).toBe(before)
})

test("by hand is saved without a question, and says how it is now", async () => {
  await using opened = await world()
  const person = await change(opened, [{ choose: "Manual" }])
  expect((await account(opened)).reauth).toMatchObject({ mode: "manual-callback" })
  expect(person.seen.filter((line) => line.startsWith("Browser: "))).toEqual([
    "Browser: none yet",
    "Browser: none, the address is pasted",
  ])
})

test("setting up saves, and logs in at once", async () => {
  await using opened = await openPoolWorld()
  await opened.edit((before) => ({ ...before, accounts: { boss: { provider: "openai-codex" } } }))
  const person = scripted([{ choose: "Manual" }, { choose: "Done" }])
  await runPanel(panelFor(opened.pool.homes, person), "boss")
  expect(person.seen).toContain("Status: setup needed")
  expect(person.seen).toContain("waits for the login to be renewed")
  // Nobody pastes anything here.
  expect(person.seen).toContain("Status: reauth")
  expect(await account(opened)).toMatchObject({
    reauth: { mode: "manual-callback", lastAttemptAt: expect.any(String) },
  })
})
