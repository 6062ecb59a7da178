import { expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { BrowserList } from "../../src/operations/browser-list.ts"
import { openWorld, type World } from "../support/world.ts"
import { pictureOf } from "./support/home-picture.ts"

const CONFIG = `{
  // as people write it
  agents: { entries: { main: {}, ops: { workspace: "~/ops" }, qa: {}, bad: {}, gone: {} } },
  bindings: [{ agentId: "ops", match: { channel: "slack", accountId: "boss" } }],
}`

async function workspace({ home }: World, path: string, text: string): Promise<void> {
  await mkdir(join(home, path), { recursive: true })
  await writeFile(join(home, path, "agent-browser.json"), text)
}

/** Two workspaces that fit boss, and others that do not, or are broken. */
async function openclawIn(world: World, state = ".openclaw"): Promise<void> {
  for (const name of ["agent-boss", "slack"]) await mkdir(join(world.home, name))
  await mkdir(join(world.home, state), { recursive: true })
  await writeFile(join(world.home, state, "openclaw.json"), CONFIG)
  const named = (session: string, profile: string) => JSON.stringify({ session, profile })
  await workspace(world, `${state}/workspace-main`, named("any", "~/agent-boss"))
  await workspace(world, "ops", named("ops", join(world.home, "slack")))
  await workspace(world, `${state}/workspace-qa`, named("default", join(world.home, "slack")))
  await workspace(world, `${state}/workspace-bad`, "{ broken")
  await workspace(world, `${state}/workspace-gone`, named("boss", join(world.home, "gone")))
}

const suggested = async (world: World, env: Record<string, string> = {}) =>
  (await world.json<BrowserList>("browser list boss", 0, { env })).suggestions

test("OpenClaw's workspaces suggest sessions, best first, and nothing is bound by that", async () => {
  await using world = await openWorld([])
  await openclawIn(world)
  await world.json("account add boss")
  const before = await pictureOf(world.home)
  const [slack, main] = [join(world.home, "slack"), join(world.home, "agent-boss")]
  const bind = "aim browser set boss --mode agent-browser --profile"
  expect(await suggested(world)).toEqual([
    {
      agentId: "ops",
      reason: "openclaw-binding",
      session: "ops",
      profile: slack,
      signedIn: null,
      bind: `${bind} ${slack} --session ops`,
    },
    {
      agentId: "main",
      reason: "workspace-profile-match",
      session: "any",
      profile: main,
      signedIn: null,
      bind: `${bind} ${main} --session any`,
    },
  ])
  const { stdout } = await world.aim("browser list boss")
  expect(stdout).toMatch(/suggested session +OpenClaw agent +because of/)
  expect(stdout).toMatch(/ops +ops +its Slack account/)
  expect(await pictureOf(world.home)).toEqual(before)
  const { error } = await world.json<{ error: { code: string } }>("open boss", 1)
  expect(error.code).toBe("missing_binding")
  await world.json(`${bind} ${slack} --session ops`.slice("aim ".length))
})

test("they are found where OpenClaw's variables put them", async () => {
  await using world = await openWorld([])
  await openclawIn(world, "claw")
  const env = { OPENCLAW_STATE_DIR: join(world.home, "claw") }
  expect((await suggested(world, env)).map(({ agentId }) => agentId)).toEqual(["ops", "main"])
  const file = { OPENCLAW_CONFIG_PATH: join(world.home, "claw/openclaw.json") }
  expect((await suggested(world, file)).map(({ agentId }) => agentId)).toEqual(["ops"])
  expect(await suggested(world)).toEqual([])
})

test("another home suggests nothing that lies outside it", async () => {
  await using world = await openWorld([])
  await openclawIn(world)
  const inner = join(world.home, "inner")
  await mkdir(join(inner, ".openclaw"), { recursive: true })
  const config = { agents: { entries: { ops: { workspace: join(world.home, "ops") } } } }
  await writeFile(
    join(inner, ".openclaw/openclaw.json"),
    JSON.stringify({
      ...config,
      bindings: [{ agentId: "ops", match: { channel: "slack", accountId: "boss" } }],
    }),
  )
  const list = await world.json<BrowserList>(`browser list boss --home ${inner}`)
  expect(list.suggestions).toEqual([])
})
