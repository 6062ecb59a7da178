import { describe, expect, test } from "bun:test"
import { runPanel } from "../../src/panel/run-panel.ts"
import { allowed } from "../e2e/support/login-run.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { panelFor, scripted } from "./scripted.ts"

const dead = async (opened: PoolWorld) =>
  void (await opened.edit((before) => ({
    ...before,
    credentials: {},
    accounts: { boss: { provider: "openai-codex", reauth: { mode: "manual-callback" } } },
  })))

/** A panel whose person finishes the login on the page that is told, and pastes where it ends. */
function pasting(opened: PoolWorld, script: Parameters<typeof scripted>[0]) {
  const person = scripted(script)
  const panel = panelFor(opened.pool.homes, person)
  const order: string[] = []
  const told = Promise.withResolvers<string>()
  const talk = {
    ...panel.talk,
    tell: (line: string) => {
      order.push(line)
    },
    page: (url: string) => {
      order.push(url)
      told.resolve(url)
    },
    line: async () => await allowed(await told.promise),
  }
  const prompter = {
    ...person,
    busy: async <T>(waitsFor: string, limit: number, work: Promise<T>) => {
      order.push(`waits for ${waitsFor} (${limit} s)`)
      const value = await work
      order.push("waits no longer")
      return value
    },
  }
  return { person, order, panel: { ...panel, prompter, talk } }
}

describe("logging in inside of the panel", () => {
  test("renews what is stored, without a word of any page", async () => {
    await using opened = await openPoolWorld()
    await opened.label("boss")
    const before = await opened.stored("boss")
    const { person, order, panel } = pasting(opened, [
      { choose: "Log in again" },
      { choose: "Done" },
    ])
    await runPanel(panel, "boss")
    expect(await opened.stored("boss")).not.toBe(before)
    expect(order).toEqual(["waits for the login to be renewed (60 s)", "waits no longer"])
    expect(person.seen.join("\n")).toContain("boss is ready: its login was renewed")
  })

  test("else shows the page once the spinner is gone, and takes what is pasted", async () => {
    await using opened = await openPoolWorld()
    await dead(opened)
    opened.sim.signIn("boss")
    const { person, order, panel } = pasting(opened, [{ choose: "Log in now" }, { choose: "Done" }])
    await runPanel(panel, "boss")
    expect(order.slice(0, 3)).toEqual([
      "waits for the login to be renewed (60 s)",
      "waits no longer",
      "Log in on this page:",
    ])
    expect(person.seen).toContain("boss is ready: logged in")
    expect(person.seen.filter((line) => line.startsWith("Status: "))).toEqual([
      "Status: reauth",
      "Status: ready",
    ])
    expect(await opened.stored("boss")).not.toBe(null)
  })

  test("a device code is its own entry", async () => {
    await using opened = await openPoolWorld()
    await dead(opened)
    opened.sim.addFault({
      path: "/api/accounts/deviceauth/usercode",
      kind: "status",
      status: 404,
      body: {},
    })
    const { person, panel } = pasting(opened, [{ choose: "Use a device code" }, { choose: "Done" }])
    await runPanel(panel, "boss")
    expect(opened.sim.log().map(({ path }) => path)).toContain("/api/accounts/deviceauth/usercode")
    expect(person.seen.some((line) => line.startsWith("error: "))).toBe(true)
  })
})
