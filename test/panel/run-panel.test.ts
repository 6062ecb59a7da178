import { describe, expect, test } from "bun:test"
import { SILENT } from "../../src/domain/conversation.ts"
import { asObject, isEnabled } from "../../src/domain/document.ts"
import { setEnabled } from "../../src/operations/accounts.ts"
import { removeAccount } from "../../src/operations/remove-account.ts"
import { runPanel } from "../../src/panel/run-panel.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { panelFor, type Scripted, scripted } from "./scripted.ts"

async function world(): Promise<PoolWorld> {
  const opened = await openPoolWorld(["boss", "qa"])
  await opened.label("boss")
  return opened
}

const play = async (opened: PoolWorld, script: Parameters<typeof scripted>[0], label = "boss") => {
  const person = scripted(script)
  await runPanel(panelFor(opened.pool.homes, person), label)
  expect(person.left()).toBe(0)
  return person
}
const statuses = ({ seen }: Scripted) => seen.filter((line) => line.startsWith("Status: "))

describe("the rounds of the panel", () => {
  test.each([["esc" as const], [{ choose: "Done" }]])(
    "%j ends it, and nothing was written",
    async (step) => {
      await using opened = await world()
      const before = await opened.text()
      await play(opened, [step])
      expect(await opened.text()).toBe(before)
    },
  )

  test("what another aim changes between two rounds is shown, and is not undone", async () => {
    await using opened = await world()
    const person = await play(opened, [
      { choose: "Show details" },
      async () => void (await setEnabled(opened.pool, "boss", false)),
      { choose: "Show details" },
      { choose: "Done" },
    ])
    expect(statuses(person)).toEqual([
      "Status: ready",
      "Status: ready",
      "Status: ready, taken out of the pool",
    ])
    expect(isEnabled((await opened.document()).accounts.boss ?? {})).toBe(false)
  })

  test("an entry does what it said when it was read, whoever did it first", async () => {
    await using opened = await world()
    await play(opened, [
      async () => void (await setEnabled(opened.pool, "boss", false)),
      { choose: "Take out of the pool" },
      { choose: "Done" },
    ])
    expect(isEnabled((await opened.document()).accounts.boss ?? {})).toBe(false)
  })

  test("a change elsewhere survives an action here", async () => {
    await using opened = await world()
    await play(opened, [
      async () => void (await opened.label("qa")),
      { choose: "Take out of the pool" },
      { choose: "Done" },
    ])
    expect(await opened.stored("qa")).not.toBe(null)
  })

  const vanish = (opened: PoolWorld) => async () =>
    void (await removeAccount(opened.pool, "boss", true, SILENT))

  test.each([
    ["Show details", []],
    ["Take out of the pool", []],
    ["Log in again now", []],
    ["Use a device code", []],
    ["Change browser setup", [{ choose: "Manual" }]],
    ["Change browser setup", [{ choose: "Own" }, { agree: true }]],
  ])("a label that went away is said, and is not made again: %s", async (entry, more) => {
    await using opened = await world()
    const person = scripted([vanish(opened), { choose: entry }, ...more])
    const panel = panelFor(opened.pool.homes, person)
    const running = runPanel(panel, "boss")
    await expect(running).rejects.toMatchObject({ problem: { code: "label_gone" } })
    // Nobody is asked whose login a label is to have that was not asked for.
    expect(panel.told).toEqual([])
    expect((await opened.document()).accounts).toEqual({})
  })

  test("a problem is shown with its way out, and the panel goes on", async () => {
    await using opened = await world()
    opened.sim.addFault({ path: "/oauth/token", kind: "status", status: 500, body: {} })
    const person = await play(opened, [{ choose: "Log in again now" }, { choose: "Done" }])
    expect(person.seen.join("\n")).toMatch(
      /error: the login could not be renewed.*\n\nhint: aim login boss/,
    )
    expect(statuses(person)).toHaveLength(2)
  })

  test("a fault of aim itself is not passed over", async () => {
    await using opened = await world()
    const person = scripted([{ choose: "Rename" }])
    const broken = { ...person, ask: () => Promise.reject(new RangeError("x")) }
    const running = runPanel(panelFor(opened.pool.homes, broken), "boss")
    await expect(running).rejects.toThrow(RangeError)
  })
})

test("renaming asks, and the panel goes on under the new name", async () => {
  await using opened = await world()
  const person = await play(opened, [
    { choose: "Rename" },
    { type: "status" },
    { type: "chief" },
    { agree: true },
    { choose: "Done" },
  ])
  expect(person.seen).toContain("`status` is a command of aim and can't name a new label")
  expect(person.seen).toContain("rename `boss` to `chief`?")
  expect(person.seen.filter((line) => line.endsWith(" - openai-codex"))).toEqual([
    "boss - openai-codex",
    "chief - openai-codex",
  ])
  expect(Object.keys((await opened.document()).accounts)).toEqual(["chief"])
})

test.each([[["esc" as const]], [[{ type: "chief" }, { agree: false }]]])(
  "a renaming that was left changes nothing: %j",
  async (steps) => {
    await using opened = await world()
    await play(opened, [{ choose: "Rename" }, ...steps, { choose: "Done" }])
    expect(Object.keys((await opened.document()).accounts)).toEqual(["boss"])
  },
)

test("a label goes out of the pool and back", async () => {
  await using opened = await world()
  const person = await play(opened, [
    { choose: "Take out of the pool" },
    { choose: "Put back into the pool" },
    { choose: "Done" },
  ])
  expect(statuses(person)[1]).toBe("Status: ready, taken out of the pool")
  expect(isEnabled((await opened.document()).accounts.boss ?? {})).toBe(true)
})

test("the details are those of `account show` and `browser show`, and hold no token", async () => {
  await using opened = await world()
  const person = await play(opened, [{ choose: "Show details" }, { choose: "Done" }])
  const text = person.seen.join("\n")
  expect(text).toMatch(/^account id +\S+$/m)
  expect(text).toMatch(/^browser +none yet$/m)
  expect(text).not.toContain((await opened.stored("boss")) ?? "?")
  expect(text).not.toMatch(/eyJ/)
})

describe("expecting a person", () => {
  const expected = async (opened: PoolWorld) =>
    asObject((await opened.document()).accounts.boss?.expect)

  test("by the present login, and no longer", async () => {
    await using opened = await world()
    await play(opened, [{ choose: "Expect" }, { choose: "Its present login" }, { choose: "Done" }])
    expect(await expected(opened)).toEqual({
      email: expect.stringContaining("@"),
      workspace: expect.any(String),
    })
    await play(opened, [{ choose: "Expect" }, { choose: "No matter" }, { choose: "Done" }])
    expect(await expected(opened)).toEqual({})
  })

  test.each([
    ["An e-mail", "nobody", "that is no e-mail address", "x@y.test", { email: "x@y.test" }],
    ["Workspace", "a b", "that is no id", "ws-7", { workspace: "ws-7" }],
  ])("by what is typed: %s", async (entry, wrong, problem, right, result) => {
    await using opened = await world()
    const typed = [{ type: wrong }, { type: right }]
    const person = await play(opened, [
      { choose: "Expect" },
      { choose: entry },
      ...typed,
      { choose: "Done" },
    ])
    expect(person.seen).toContain(problem)
    expect(await expected(opened)).toEqual(result)
  })

  test.each([
    [["esc" as const]],
    [[{ choose: "Back" }]],
    [[{ choose: "Workspace" }, "esc" as const]],
  ])("can be left: %j", async (steps) => {
    await using opened = await world()
    const before = await opened.text()
    await play(opened, [{ choose: "Expect" }, ...steps, { choose: "Done" }])
    expect(await opened.text()).toBe(before)
  })
})
