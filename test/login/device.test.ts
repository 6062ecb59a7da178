import { describe, expect, test } from "bun:test"
import type { Fault } from "../../src/simulator/fault.ts"
import { startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

const START = "/api/accounts/deviceauth/usercode"
const POLL = "/api/accounts/deviceauth/token"
const LOGIN = "boss --provider openai-codex --device-code --json"
type Failed = { error: { code: string; message: string; hint: string } }

async function loginFails(world: World, args = "") {
  await using run = startLogin(world, `${LOGIN}${args}`, { input: false })
  const { code, json } = await run.ended()
  expect(code).toBe(1)
  return (json as Failed).error
}

const polls = (world: World) => world.sim.log().filter(({ path }) => path === POLL)

/** The pauses between the polls, in seconds, rounded down. */
const pauses = (world: World) =>
  polls(world)
    .slice(1)
    .map(({ at }, index) => Math.floor((at - (polls(world)[index]?.at ?? 0)) / 1_000))

describe("a device code", () => {
  test.each([
    ["a page", { kind: "html" }, "the reply holds no device code"],
    ["an error", { kind: "status", status: 500 }, "HTTP 500"],
    ["no such address", { kind: "status", status: 404 }, "the issuer offers no device codes"],
    ["no code", { kind: "drop", keys: ["user_code"] }, "the reply holds no device code"],
    ["a number", { kind: "set", values: { user_code: 7 } }, "the reply holds no device code"],
    ["no id", { kind: "drop", keys: ["device_auth_id"] }, "the reply holds no device code"],
    ["no reply", { kind: "cut", at: "before_reply" }, "the connection broke (ECONNRESET)"],
  ])("that can't be had (%s) ends it", async (_name, fault, why) => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.addFault({ path: START, ...fault } as Fault)
    const error = await loginFails(world)
    expect(error.code).toBe("login_failed")
    expect(error.message).toBe(
      `the login by device code can't go on: ${why}; what is stored is as it was`,
    )
    expect(error.hint).toContain("--browser")
    expect(polls(world)).toEqual([])
  })

  test.each([
    ["refused", 403, "access_denied", "it was refused on the page (access_denied)"],
    ["run out", 400, "expired_token", "the code has run out (expired_token)"],
    ["of nobody", 400, "invalid_grant", "HTTP 400"],
  ])("that was %s ends it at once", async (_name, status, error, why) => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.addFault({ path: POLL, kind: "status", status, body: { error } })
    expect((await loginFails(world)).message).toContain(`can't go on: ${why};`)
    expect(polls(world)).toHaveLength(1)
  })

  test.each([
    ["no code", { kind: "drop", keys: ["authorization_code"] }],
    ["no verifier", { kind: "drop", keys: ["code_verifier"] }],
    ["a number for a code", { kind: "set", values: { authorization_code: 7 } }],
    ["a page", { kind: "html" }],
  ])("that is granted with %s ends it", async (_name, fault) => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.typeDevices("boss")
    world.sim.addFault({ path: POLL, ...fault } as Fault)
    const { message } = await loginFails(world)
    expect(message).toContain("the reply holds no authorization code")
  })

  test("survives a line that breaks, and goes on", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.typeDevices("boss")
    world.sim.addFault({ path: POLL, kind: "cut", at: "before_reply", times: 1, handled: false })
    world.sim.addFault({ path: POLL, kind: "status", status: 503, after: 1, times: 1 })
    await using run = startLogin(world, LOGIN, { input: false })
    expect(await run.ended()).toMatchObject({ code: 0, json: { how: "logged_in" } })
  })
})

describe("the pause between two questions", () => {
  test("is longer by five seconds after slow_down", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.typeDevices("boss")
    const body = { error: "slow_down" }
    world.sim.addFault({ path: POLL, kind: "status", status: 400, body, times: 1 })
    await using run = startLogin(world, LOGIN, { input: false })
    expect((await run.ended()).code).toBe(0)
    const [pause, ...more] = pauses(world)
    // A busy machine only adds to it; without the five seconds it is one at most.
    expect(pause).toBeWithin(5, 10)
    expect(more).toEqual([])
  })

  test.each([0, "0", "", -1, "soon", null, {}])(
    "is never nothing, whatever the issuer names (%p)",
    async (interval) => {
      await using world = await openWorld([{ name: "boss" }])
      world.sim.addFault({ path: START, kind: "set", values: { interval } })
      const error = await loginFails(world, " --timeout 3")
      expect(error.code).toBe("login_timeout")
      expect(polls(world).length).toBeLessThanOrEqual(4)
    },
  )
})

test("a code that nobody types ends with the time", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const error = await loginFails(world, " --timeout 2")
  expect(error).toEqual({
    code: "login_timeout",
    message: "the code was not typed within 2 seconds; nothing was changed",
    hint: "run it again for a new code",
  })
  expect(polls(world)).toHaveLength(2)
  expect(await world.json<{ accounts: unknown[] }>("account list")).toMatchObject({ accounts: [] })
})
