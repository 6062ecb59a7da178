import { describe, expect, test } from "bun:test"
import { existsSync, readdirSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { BrowserList } from "../../src/operations/browser-list.ts"
import { type AgentBrowser, openAgentBrowser } from "../support/real-agent-browser.ts"
import { openWorld, type World } from "../support/world.ts"

/**
 * agent-browser 0.41.2, the real one, with a stand-in for the browser that it starts.
 *
 * Seen: an `open` with another `--profile` starts the browser anew under the same daemon, whose
 * environment then tells of the first profile still; `close` with a launch option in its environment
 * starts a browser first, and leaves the daemon where that fails; `session list` deletes what a
 * killed daemon left; auto-connect, cdp and provider of the environment outrank `--profile`.
 */

const PAGE = "https://x.test/login"

type Scene = World & { agent: AgentBrowser; open: (code?: number) => Promise<Opening> }
type Opening = { error?: { code: string; message: string; hint: string } }

/** boss, bound to the session `boss` with the folder `mine`; `other` is somebody else's. */
async function openScene(): Promise<Scene> {
  const world = await openWorld([])
  const agent = await openAgentBrowser(world.home)
  for (const name of ["mine", "other"]) await mkdir(join(world.home, name))
  await world.json(
    `browser set boss --mode agent-browser --profile ${join(world.home, "mine")} --session boss`,
  )
  return {
    ...world,
    agent,
    open: (code = 0) => world.json<Opening>(`open boss ${PAGE}`, code, { env: agent.env }),
    [Symbol.asyncDispose]: async () => {
      await agent[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

const openIn = ({ agent, home }: Scene, session: string, folder: string) =>
  agent.run("--session", session, "--profile", join(home, folder), "--headed", "open", PAGE)

const listed = async ({ json, agent }: Scene, env: Record<string, string> = {}) =>
  (await json<BrowserList>("browser list boss", 0, { env: { ...agent.env, ...env } })).sessions

describe("aim open with agent-browser", () => {
  test("reaches the bound session with exactly the bound profile, and a window", async () => {
    await using scene = await openScene()
    await scene.open()
    const mine = join(scene.home, "mine")
    const [start, page] = scene.agent.notes()
    expect(start?.started).toContain(`--user-data-dir=${mine}`)
    expect(start?.started?.filter((word) => word.startsWith("--headless"))).toEqual([])
    expect(start?.started?.filter((word) => word.startsWith("--profile-directory"))).toEqual([])
    expect(page).toEqual({ page: PAGE, folder: mine })
    expect(readdirSync(scene.agent.dir).filter((name) => name.endsWith(".pid"))).toEqual([
      "boss.pid",
    ])
  })

  test("shows a second page in the browser that is open, which is not closed", async () => {
    await using scene = await openScene()
    await scene.open()
    const daemon = scene.agent.pid("boss")
    await scene.open()
    expect(scene.agent.pid("boss")).toBe(daemon)
    expect(scene.agent.folders()).toEqual([join(scene.home, "mine")])
    expect(scene.agent.notes().filter(({ page }) => page !== undefined)).toHaveLength(2)
  })

  test("closes a daemon that has another profile open, although it was the bound one at first", async () => {
    await using scene = await openScene()
    await openIn(scene, "boss", "mine")
    await openIn(scene, "boss", "other")
    const daemon = scene.agent.pid("boss")
    await scene.open()
    expect(scene.agent.pid("boss")).not.toBe(daemon)
    expect(scene.agent.folders().map((folder) => folder.split("/").at(-1))).toEqual([
      ...["mine", "other", "mine"],
    ])
    expect(scene.agent.notes().at(-1)).toEqual({ page: PAGE, folder: join(scene.home, "mine") })
  })

  test("leaves every other session alone", async () => {
    await using scene = await openScene()
    await openIn(scene, "default", "other")
    const daemon = scene.agent.pid("default")
    await scene.open()
    expect(scene.agent.pid("default")).toBe(daemon)
    expect(await listed(scene)).toMatchObject([
      { session: "boss", state: "running", profile: join(scene.home, "mine") },
      { session: "default", state: "running", profile: join(scene.home, "other"), bind: null },
    ])
  })

  test("never uses the default session, also not for a binding that another program wrote", async () => {
    await using scene = await openScene()
    const file = join(scene.home, ".aimgr/secrets.json")
    const vault = JSON.parse(await readFile(file, "utf8"))
    vault.accounts.boss.browser.agentBrowserSession = "default"
    await writeFile(file, JSON.stringify(vault))
    expect((await scene.open(1)).error).toMatchObject({ code: "shared_session" })
    expect(scene.agent.notes()).toEqual([])
  })

  test("names the session that has the profile open already", async () => {
    await using scene = await openScene()
    await openIn(scene, "qa", "mine")
    const { error } = await scene.open(1)
    expect(error).toMatchObject({
      code: "profile_in_use",
      hint: "agent-browser --session qa close",
    })
    expect(scene.agent.folders()).toHaveLength(1)
  })

  test.each([
    ["AGENT_BROWSER_AUTO_CONNECT", "1"],
    ["AGENT_BROWSER_CDP", "9"],
    ["AGENT_BROWSER_PROVIDER", "browserbase"],
    ["AGENT_BROWSER_PROFILE", "/nowhere"],
    ["AGENT_BROWSER_SESSION", "default"],
    ["AGENT_BROWSER_STATE", "/nowhere.json"],
    ["AGENT_BROWSER_ARGS", "--user-data-dir=/nowhere"],
  ])("is not led elsewhere by %s", async (name, value) => {
    await using scene = await openScene()
    scene.agent.env[name] = value
    await scene.open()
    expect(scene.agent.notes().at(-1)).toEqual({ page: PAGE, folder: join(scene.home, "mine") })
    expect(scene.agent.folders()).toEqual([join(scene.home, "mine")])
  })

  test("stops where agent-browser's own settings lead elsewhere", async () => {
    await using scene = await openScene()
    await mkdir(scene.agent.dir)
    await writeFile(join(scene.agent.dir, "config.json"), '{"autoConnect":true}')
    expect((await scene.open(1)).error).toMatchObject({ code: "browser_elsewhere" })
    expect(scene.agent.notes()).toEqual([])
  })

  test("says that the browser did not start", async () => {
    await using scene = await openScene()
    scene.agent.env.AGENT_BROWSER_EXECUTABLE_PATH = "/bin/false"
    expect((await scene.open(1)).error).toMatchObject({ code: "browser_failed" })
    expect(await listed(scene)).toMatchObject([
      { session: "boss", state: "running", profile: null, bind: null },
    ])
  })

  test("closes a daemon without a browser, and starts no browser for that", async () => {
    await using scene = await openScene()
    const { AGENT_BROWSER_EXECUTABLE_PATH: standIn = "" } = scene.agent.env
    scene.agent.env.AGENT_BROWSER_EXECUTABLE_PATH = "/bin/false"
    await scene.open(1)
    const daemon = scene.agent.pid("boss")
    scene.agent.env.AGENT_BROWSER_EXECUTABLE_PATH = standIn
    await scene.open()
    expect(scene.agent.pid("boss")).not.toBe(daemon)
    expect(scene.agent.folders()).toEqual([join(scene.home, "mine")])
  })
})

describe("aim browser list with agent-browser", () => {
  test("starts no daemon, and takes nothing away", async () => {
    await using scene = await openScene()
    expect(await listed(scene)).toEqual([])
    expect(existsSync(scene.agent.dir)).toBe(false)
    await openIn(scene, "gone", "other")
    await scene.agent.killHard("gone")
    const before = readdirSync(scene.agent.dir)
    expect(await listed(scene)).toEqual([
      { session: "gone", state: "left_over", profile: null, signedIn: null, bind: null },
    ])
    expect(readdirSync(scene.agent.dir)).toEqual(before)
  })

  test("does not do as agent-browser's own list does, which deletes", async () => {
    await using scene = await openScene()
    await mkdir(scene.agent.dir)
    await writeFile(join(scene.agent.dir, "dead.pid"), "4194305")
    expect(await listed(scene)).toMatchObject([{ session: "dead", state: "left_over" }])
    await scene.agent.run("session", "list")
    expect(readdirSync(scene.agent.dir)).toEqual([])
  })

  test("gives the folder, who is signed in there, and the command that binds to it", async () => {
    await using scene = await openScene()
    const dir = join(scene.home, "other")
    const known = { profile: { info_cache: { Default: { user_name: "qa@x.test" } } } }
    await writeFile(join(dir, "Local State"), JSON.stringify(known))
    await openIn(scene, "qa", "other")
    const bind = `aim browser set boss --mode agent-browser --profile ${dir} --session qa`
    expect(await listed(scene)).toEqual([
      { session: "qa", state: "running", profile: dir, signedIn: "qa@x.test", bind },
    ])
    await scene.json(bind.slice("aim ".length))
  })

  test("a browser without a profile of its own can't be bound", async () => {
    await using scene = await openScene()
    await scene.agent.run("--session", "temp", "--headed", "open", PAGE)
    expect(await listed(scene)).toMatchObject([{ session: "temp", bind: null }])
  })

  test.each([
    ["AGENT_BROWSER_SOCKET_DIR", "sockets"],
    ["XDG_RUNTIME_DIR", "run"],
    ["AGENT_BROWSER_NAMESPACE", "My Team!"],
  ])("looks where %s puts them", async (name, value) => {
    await using scene = await openScene()
    scene.agent.env[name] = name.endsWith("DIR") ? join(scene.home, value) : value
    await openIn(scene, "qa", "other")
    expect(await listed(scene)).toMatchObject([{ session: "qa", state: "running" }])
  })
})
