import { describe, expect, test } from "bun:test"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { inflightNotes } from "../e2e/support/end-state.ts"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { leftovers, tornFiles } from "../e2e/support/token-places.ts"
import { openWorld, type World } from "../support/world.ts"

const TOKEN = "/oauth/token"

async function expectSound(world: World): Promise<void> {
  const { credentials } = await world.vault()
  for (const [label, { refresh }] of Object.entries(credentials["openai-codex"] ?? {}))
    expect(world.sim.liveRefreshTokens(label)).toContain(refresh)
  expect(Math.max(0, ...postsPerRefreshToken(world.sim.log()).values())).toBeLessThanOrEqual(1)
  expect(await inflightNotes(world)).toEqual([])
  expect(await tornFiles(world)).toEqual([])
  expect(await leftovers(world)).toEqual([])
}

describe("at the same time", () => {
  test("two logins for one label both end well, and one of them stays", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss")
    world.sim.revoke("boss")
    world.sim.signIn("boss")
    await world.aim("refresh boss --force")
    await using first = startLogin(world, "boss --json", { input: false })
    const one = await allowed(await pageOf(first))
    await using second = startLogin(world, "boss --json", { input: false })
    const two = await allowed(await pageOf(second))
    expect([new URL(one).port, new URL(two).port]).toEqual(["1455", "1457"])
    world.sim.addFault({ path: TOKEN, kind: "delay", headersMs: 200 })
    await Promise.all([fetch(one), fetch(two)])
    for (const run of [first, second])
      expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
    await expectSound(world)
    const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
    expect((await world.auth(dir)).tokens.refresh_token).toBe(String(stored))
  })

  test("two people who log in for one new label: one is it, the other is kept aside", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    const args = "fresh --provider openai-codex --json"
    world.sim.signIn("boss")
    await using first = startLogin(world, args, { input: false })
    const one = await allowed(await pageOf(first))
    world.sim.signIn("qa")
    await using second = startLogin(world, args, { input: false })
    const two = await allowed(await pageOf(second))
    await Promise.all([fetch(one), fetch(two)])
    const ends = await Promise.all([first.ended(), second.ended()])
    expect(ends.map(({ code }) => code).sort()).toEqual([0, 1])
    const refused = ends.find(({ code }) => code === 1)
    expect(refused?.json).toMatchObject({ error: { code: "identity_mismatch" } })
    const { quarantine = [] } = await world.vault()
    expect(quarantine.map(({ reason }) => reason)).toEqual(["wrong_login"])
    await world.json(`quarantine adopt ${quarantine[0]?.id} other`)
    await world.json("refresh --all --force")
  })

  test.each(["remove boss --yes", "rename boss chief --yes"])(
    "a login and `account %s`: the label does not come back",
    async (command) => {
      await using world = await openWorld([{ name: "boss" }])
      await world.json("account add boss")
      world.sim.signIn("boss")
      await using run = startLogin(world, "boss --json", { input: false })
      const back = await allowed(await pageOf(run))
      await world.json(`account ${command}`)
      const { accounts } = await world.vault()
      await fetch(back)
      expect(await run.ended()).toMatchObject({ code: 1, json: { error: { code: "label_gone" } } })
      expect((await world.vault()).accounts).toEqual(accounts)
      expect(world.sim.liveRefreshTokens("boss")).toEqual([])
      await expectSound(world)
    },
  )

  test("one person who logs in for two new labels has one of them", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.signIn("boss")
    const [first, second] = ["one", "two"].map(
      (label) => `${label} --provider openai-codex --json`,
    ) as [string, string]
    await using one = startLogin(world, first, { input: false })
    await using two = startLogin(world, second, { input: false })
    const runs = [one, two]
    const backs = await Promise.all(runs.map(async (run) => allowed(await pageOf(run))))
    await Promise.all(backs.map((back) => fetch(back)))
    const ends = await Promise.all(runs.map((run) => run.ended()))
    expect(ends.map(({ code }) => code).sort()).toEqual([0, 1])
    expect(ends.find(({ code }) => code === 1)?.json).toMatchObject({
      error: { code: "login_already_labelled" },
    })
    expect(Object.keys((await world.vault()).credentials["openai-codex"] ?? {})).toHaveLength(1)
  })

  test("logins, refreshes and a switch leave every label alive, and post no pair twice", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    await world.label("boss")
    await world.label("qa")
    world.sim.typeDevices("boss")
    world.sim.addFault({ path: TOKEN, kind: "delay", headersMs: 100 })
    const login = "login boss --device-code --json"
    const others = ["refresh --all --force", "codex use --next", "refresh boss --force"]
    for (const dead of [false, true]) {
      if (dead) world.sim.revoke("boss")
      const runs = [login, login, ...others.map((each) => `${each} --json`), login]
      const ends = await Promise.all(runs.map((run) => world.aim(run)))
      for (const [index, { code, stdout }] of ends.entries())
        if (runs[index] === login) expect(code, stdout).toBe(0)
      await expectSound(world)
    }
    await world.json("refresh --all --force")
  })
})

describe("a signal while the code is exchanged", () => {
  /** A login whose exchange waits for its reply. */
  async function exchanging(world: World) {
    world.sim.signIn("boss")
    world.sim.addFault({ path: TOKEN, kind: "hold" })
    await using ends = new AsyncDisposableStack()
    const args = "boss --provider openai-codex --json"
    const run = ends.use(startLogin(world, args, { input: false }))
    const back = await allowed(await pageOf(run))
    const asked = world.sim.arrived(({ kind }) => kind === "token_code")
    await fetch(back)
    await asked
    ends.move()
    return run
  }

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("(%s) waits for the reply and keeps the login", async (signal, code) => {
    await using world = await openWorld([{ name: "boss" }])
    await using run = await exchanging(world)
    run.kill(signal)
    expect(await run.says(/waiting for the reply/)).not.toBe("")
    world.sim.release()
    expect((await run.ended()).code).toBe(code)
    world.sim.clearFaults()
    await expectSound(world)
    await world.json("codex use")
  })

  test("(ctrl-Z) stops it, and fg goes on to its end", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using run = await exchanging(world)
    run.kill("SIGSTOP")
    world.sim.release()
    await Bun.sleep(1_500)
    run.kill("SIGCONT")
    expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
  })

  test("(kill -9) costs only that login, and the next is whole", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using run = await exchanging(world)
    run.kill("SIGKILL")
    await run.ended()
    world.sim.clearFaults()
    world.sim.typeDevices("boss")
    await world.json("login boss --provider openai-codex --device-code")
    await expectSound(world)
  })
})

test("two callbacks at once are one login", async () => {
  await using world = await openWorld([{ name: "boss" }])
  world.sim.signIn("boss")
  await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
  const back = await allowed(await pageOf(run))
  await Promise.allSettled([fetch(back), fetch(back), fetch(back)])
  expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
  expect(world.sim.log().filter(({ kind }) => kind === "token_code")).toHaveLength(1)
})
