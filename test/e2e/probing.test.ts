import { describe, expect, test } from "bun:test"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import type { Fault } from "../../src/simulator/fault.ts"
import { openWorld, type World } from "../support/world.ts"

const USAGE = "/backend-api/wham/usage"

type Usage = {
  ok: boolean
  known: boolean
  status: string
  windows: { kind: string; usedPercent: number }[]
}
type StatusDocument = {
  accounts: { label: string; operator: { status: string }; usage: Usage }[]
  unknown_accounts: number
  nextBestCandidate: { label: string } | null
}

async function usageOf(world: World, label: string): Promise<Usage | undefined> {
  const { accounts } = await world.json<StatusDocument>("status --live")
  return accounts.find((account) => account.label === label)?.usage
}

describe("a usage endpoint that misbehaves", () => {
  test.each<[string, Fault, string]>([
    [
      "429",
      { path: USAGE, kind: "status", status: 429, headers: { "retry-after": "60" } },
      "rate_limited",
    ],
    ["500", { path: USAGE, kind: "status", status: 500 }, "transient"],
    ["a page", { path: USAGE, kind: "html" }, "protocol"],
    ["half of it", { path: USAGE, kind: "garbled" }, "protocol"],
    ["gzip that is none", { path: USAGE, kind: "gzip_garbage" }, "transient"],
    ["a redirect", { path: USAGE, kind: "redirect", location: "http://127.0.0.1:1/" }, "protocol"],
    ["a cut", { path: USAGE, kind: "cut", at: "half_body" }, "transient"],
    ["401", { path: USAGE, kind: "status", status: 401 }, "unauthorized"],
  ])("%s: never a number, and the label stays ready", async (_name, fault, status) => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault(fault)
    const { accounts, unknown_accounts } = await world.json<StatusDocument>("status --live")
    expect(accounts[0]).toMatchObject({
      operator: { status: "ready" },
      usage: { ok: false, known: false, status, windows: [] },
    })
    expect(unknown_accounts).toBe(1)
  })

  test("good gzip is read, lying numbers are left out one by one", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault({ path: USAGE, kind: "gzip" })
    expect((await usageOf(world, "boss"))?.windows).toHaveLength(2)
    world.sim.clearFaults()
    world.sim.addFault({
      path: USAGE,
      kind: "set",
      values: { "rate_limit.primary_window.used_percent": "abc" },
    })
    expect((await usageOf(world, "boss"))?.windows.map(({ kind }) => kind)).toEqual(["weekly"])
  })

  test("a failed reading leaves the last good one, with its age", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    expect((await usageOf(world, "boss"))?.ok).toBe(true)
    world.sim.addFault({ path: USAGE, kind: "status", status: 500 })
    expect(await usageOf(world, "boss")).toMatchObject({
      ok: false,
      known: true,
      status: "transient",
      windows: [{ kind: "5h" }, { kind: "weekly" }],
    })
  })

  test("Retry-After is honoured, also by --live", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault({
      path: USAGE,
      kind: "status",
      status: 429,
      headers: { "retry-after": "60" },
      times: 1,
    })
    await usageOf(world, "boss")
    const asked = world.sim.log().length
    expect((await usageOf(world, "boss"))?.status).toBe("waiting")
    expect(world.sim.log()).toHaveLength(asked)
  })

  test("`use` answers a refused access token with one refresh and one more try, `status` shows it", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.expire("boss", "access")
    expect((await usageOf(world, "boss"))?.status).toBe("unauthorized")
    expect(world.sim.log().filter(({ path }) => path === "/oauth/token")).toEqual([])
    const { activated } = await world.json("codex use")
    expect(activated.receipt).toMatchObject({
      label: "boss",
      refreshed: [{ label: "boss", outcome: "refreshed" }],
    })
    expect(world.sim.log().filter(({ path }) => path === "/oauth/token")).toHaveLength(1)
  })

  test("twenty hung labels cost one round of 12 s, and --cached asks nobody", async () => {
    const names = Array.from({ length: 20 }, (_, n) => `l${n}`)
    await using world = await openWorld([{ name: "good" }, ...names.map((name) => ({ name }))])
    await world.label("good")
    for (const name of names) await world.label(name)
    for (const account of names) world.sim.addFault({ path: USAGE, account, kind: "hang" })
    const begun = Date.now()
    const { accounts } = await world.json<StatusDocument>("status")
    // Three turns, were it not for the round's limit.
    expect(Date.now() - begun).toBeLessThan(24_000)
    // Eight at a time, and each gives its place up after 8 s: two waves fit into the round.
    const hung = world.sim.log().filter(({ path, account }) => path === USAGE && account !== "good")
    expect(hung).toHaveLength(16)
    expect(accounts.find(({ label }) => label === "good")?.usage.ok).toBe(true)
    expect(new Set(accounts.map(({ usage }) => usage.status))).toEqual(
      new Set(["read", "transient", "not_reached"]),
    )
    const asked = world.sim.log().length
    await rm(join(world.home, ".aimgr", "ledger.db"))
    await world.json("status --cached")
    expect(world.sim.log()).toHaveLength(asked)
  })
})

test("a reading is not fresh any more once the access token was refused", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  await world.json("codex use")
  world.sim.expire("boss", "access")
  expect((await usageOf(world, "boss"))?.status).toBe("unauthorized")
  const { activated } = await world.json("codex use")
  expect(activated.receipt.refreshed).toMatchObject([{ label: "boss", outcome: "refreshed" }])
})

test("a dead login is not asked with", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  world.sim.expire("boss", "refresh")
  await world.aim("refresh boss --force")
  const asked = world.sim.log().length
  expect((await usageOf(world, "boss"))?.status).toBe("login_dead")
  expect(world.sim.log()).toHaveLength(asked)
  expect((await world.aim("refresh --all")).code).toBe(0)
  expect((await world.aim("refresh boss")).code).toBe(1)
})
