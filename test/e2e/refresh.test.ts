import { describe, expect, test } from "bun:test"
import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Fault } from "../../src/simulator/fault.ts"
import { postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { openWorld, type World } from "../support/world.ts"
import { inflightNotes } from "./support/end-state.ts"

type Outcome = { label: string; outcome: string; reason?: string }
type RefreshDocument = { ok: boolean; labels: Outcome[] }
type StatusDocument = {
  accounts: {
    label: string
    operator: { status: string; detailReason: string | null; actionRequired: string | null }
  }[]
  warnings: { kind: string }[]
}

const TOKEN = "/oauth/token"

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]
}

async function outcomeOf(world: World, args: string, code: number) {
  const { labels } = await world.json<RefreshDocument>(args, code)
  return labels[0]
}

async function readiness(world: World, label: string) {
  const { accounts } = await world.json<StatusDocument>("status")
  return accounts.find((account) => account.label === label)?.operator
}

describe("a refresh", () => {
  test("rotates what is due, once, and reaches every home that holds the label", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "qa" }])
    const { dir, login } = await world.label("boss", { expiresInSeconds: 600 })
    await world.label("qa")
    await world.login("boss", { dir: join(world.home, "elsewhere") })
    await writeFile(
      join(world.home, "elsewhere", "auth.json"),
      JSON.stringify(world.sim.authJson(login)),
    )
    await world.json(`codex capture boss --source-home ${world.home}/elsewhere`)
    const result = await world.json<RefreshDocument>("refresh --all")
    expect(result.labels).toEqual([
      { label: "boss", outcome: "refreshed" },
      { label: "qa", outcome: "not_due" },
    ])
    const now = await stored(world, "boss")
    expect(now?.refresh).not.toBe(login.refreshToken)
    expect(now?.formerPairs).toHaveLength(1)
    for (const home of [dir, join(world.home, "elsewhere")]) {
      expect((await world.auth(home)).tokens.refresh_token).toBe(now?.refresh ?? "")
    }
    expect(await outcomeOf(world, "refresh boss", 0)).toMatchObject({ outcome: "not_due" })
    expect(Math.max(...postsPerRefreshToken(world.sim.log()).values())).toBe(1)
    expect(await readdir(join(world.home, ".aimgr", "inflight"))).toEqual([])
  })

  test.each<[string, Fault, string]>([
    [
      "429",
      { path: TOKEN, kind: "status", status: 429, headers: { "retry-after": "30" } },
      "rate_limited",
    ],
    ["500", { path: TOKEN, kind: "status", status: 500 }, "transient"],
    ["503", { path: TOKEN, kind: "status", status: 503 }, "transient"],
    ["a redirect", { path: TOKEN, kind: "redirect", location: "http://127.0.0.1:1/" }, "protocol"],
    [
      "an unknown 401",
      { path: TOKEN, kind: "status", status: 401, body: { error: "who are you" } },
      "unauthorized",
    ],
  ])("answered by %s leaves the label ready and unrefreshed", async (_name, fault, kind) => {
    await using world = await openWorld([{ name: "boss" }])
    const { login } = await world.label("boss")
    world.sim.addFault(fault)
    expect(await outcomeOf(world, "refresh boss --force", 1)).toMatchObject({ outcome: kind })
    expect(await readiness(world, "boss")).toMatchObject({ status: "ready" })
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
    world.sim.clearFaults()
    expect(await outcomeOf(world, "refresh boss --force", 0)).toMatchObject({
      outcome: "refreshed",
    })
  })

  test("a dead answer makes the label reauth, until it has another pair", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.expire("boss", "refresh")
    const answer = await outcomeOf(world, "refresh boss --force", 1)
    expect(answer).toMatchObject({ outcome: "dead", reason: "refresh_token_expired" })
    expect(await readiness(world, "boss")).toMatchObject({
      status: "reauth",
      detailReason: "refresh_token_expired",
      actionRequired: "aim login boss",
    })
    const posts = world.sim.log().filter(({ path }) => path === TOKEN).length
    expect(await outcomeOf(world, "refresh boss --force", 1)).toMatchObject({ outcome: "dead" })
    expect(world.sim.log().filter(({ path }) => path === TOKEN)).toHaveLength(posts)
    await world.label("boss")
    expect(await readiness(world, "boss")).toMatchObject({ status: "ready" })
    expect((await stored(world, "boss"))?.verdict).toBeUndefined()
  })

  test("a reply for another account is kept in quarantine, and the label keeps its login", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "thief" }])
    const { login } = await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "other_account", as: "thief" })
    expect(await outcomeOf(world, "refresh boss --force", 1)).toMatchObject({
      outcome: "quarantined",
      reason: "wrong_identity",
    })
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
    const [entry] = (await world.vault()).quarantine ?? []
    expect(entry).toMatchObject({ label: "boss", reason: "wrong_identity" })
    await world.json(`quarantine adopt ${entry?.id} thief`)
    world.sim.clearFaults()
    expect(await outcomeOf(world, "refresh thief --force", 0)).toMatchObject({
      outcome: "refreshed",
    })
  })

  test("after another's reply the spent pair is posted once more, and reads what it was", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "thief" }])
    await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "other_account", as: "thief", times: 1 })
    await outcomeOf(world, "refresh boss --force", 1)
    expect(await outcomeOf(world, "refresh boss", 1)).toMatchObject({
      outcome: "dead",
      reason: "refresh_interrupted",
    })
    await world.json("refresh --all")
    expect(Math.max(...postsPerRefreshToken(world.sim.log()).values())).toBe(2)
  })

  test.each<[string, Fault]>([
    ["a page", { path: TOKEN, kind: "html" }],
    ["half of it", { path: TOKEN, kind: "garbled" }],
  ])("a reply that can't be read (%s) is not thrown away", async (_name, fault) => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault(fault)
    expect(await outcomeOf(world, "refresh boss --force", 1)).toMatchObject({
      outcome: "quarantined",
      reason: "reply_unreadable",
    })
    expect((await world.vault()).quarantine).toHaveLength(1)
  })

  test("after a success that can't be read, a refusal of the pair says what it was", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "garbled", times: 1 })
    await outcomeOf(world, "refresh boss --force", 1)
    expect(await outcomeOf(world, "refresh boss", 1)).toMatchObject({
      outcome: "dead",
      reason: "refresh_interrupted",
    })
    expect(Math.max(...postsPerRefreshToken(world.sim.log()).values())).toBe(2)
  })

  test("after a page that was no answer of the issuer, the next refresh mends the label", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "html", times: 1 })
    await outcomeOf(world, "refresh boss --force", 1)
    expect(await outcomeOf(world, "refresh boss", 0)).toMatchObject({ outcome: "refreshed" })
    expect(await inflightNotes(world)).toEqual([])
  })

  test("without a new refresh token, or a new id token, the old one stays", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    const before = await stored(world, "boss")
    world.sim.addFault({ path: TOKEN, kind: "drop", keys: ["id_token"], times: 1 })
    await world.json("refresh boss --force")
    const after = await stored(world, "boss")
    expect(after?.idToken).toBe(before?.idToken ?? "")
    expect(after?.access).not.toBe(before?.access)
  })

  test("a cut reply may have spent the pair: posted once more, and then it reads so", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "cut", at: "before_reply", times: 1 })
    expect(await outcomeOf(world, "refresh boss --force", 1)).toMatchObject({
      outcome: "transient",
    })
    const { warnings } = await world.json<StatusDocument>("status")
    expect(warnings).toContainEqual(expect.objectContaining({ kind: "refresh_unfinished" }))
    expect(await outcomeOf(world, "refresh boss", 1)).toMatchObject({
      outcome: "dead",
      reason: "refresh_interrupted",
    })
    expect(await readiness(world, "boss")).toMatchObject({
      status: "reauth",
      detailReason: "refresh_interrupted",
    })
    const posts = [...postsPerRefreshToken(world.sim.log()).values()]
    expect(Math.max(...posts)).toBe(2)
  })

  test("a newer pair in a home is captured and nothing is posted", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { dir } = await world.label("boss", { expiresInSeconds: 600 })
    const newer = world.sim.mintLogin("boss")
    await writeFile(join(dir, "auth.json"), JSON.stringify(world.sim.authJson(newer)))
    expect(await outcomeOf(world, "refresh boss", 0)).toMatchObject({ outcome: "captured" })
    expect((await stored(world, "boss"))?.refresh).toBe(newer.refreshToken)
    expect(world.sim.log().filter(({ path }) => path === TOKEN)).toEqual([])
  })

  test("one login under two labels is never posted", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss", { expiresInSeconds: 60 })
    const file = join(world.home, ".aimgr", "secrets.json")
    const vault = await world.vault()
    const records = vault.credentials["openai-codex"] ?? {}
    const twin = {
      ...vault,
      accounts: { ...vault.accounts, twin: vault.accounts.boss },
      credentials: { "openai-codex": { ...records, twin: records.boss } },
    }
    await writeFile(file, JSON.stringify(twin))
    const { labels } = await world.json<RefreshDocument>("refresh --all", 1)
    expect(labels.map(({ outcome }) => outcome)).toEqual(["duplicate", "duplicate"])
    expect(world.sim.log().filter(({ path }) => path === TOKEN)).toEqual([])
    expect((await world.json<StatusDocument>("status")).warnings).toContainEqual(
      expect.objectContaining({ kind: "duplicate_login" }),
    )
    expect(reuses(world.sim.log())).toEqual([])
  })

  test("what a killed aim had on disk of a reply is stored by the next command", async () => {
    await using world = await openWorld([{ name: "boss" }])
    const { login } = await world.label("boss")
    const record = join(world.home, "faults")
    const refresh = (env: object) =>
      world.aim("refresh boss --force", {
        binary: "faults",
        env: { AIM_FAULT_RECORD: record, ...env },
      })
    expect((await refresh({})).code).toBe(0)
    const again = await stored(world, "boss")
    const lines = (await Bun.file(record).text()).trimEnd().split("\n")
    const replyOnDisk = lines.findLastIndex((line) => /^write:done\t.*\/inflight\//.test(line))
    expect(replyOnDisk).toBeGreaterThan(lines.findIndex((line) => line.startsWith("post:replied")))
    await Bun.write(record, "")
    // The first run also made the folder, a point that the second does not pass.
    const kill = replyOnDisk + 1 - lines.filter((line) => line.startsWith("mkdir")).length
    const killed = await refresh({ AIM_FAULT_KILL: String(kill) })
    expect(killed.code).toBe(137)
    expect((await Bun.file(record).text()).trimEnd().split("\n").at(-1)).toStartWith("write:done")
    expect((await stored(world, "boss"))?.refresh).toBe(again?.refresh ?? "")
    await world.json("account add other")
    await world.json("codex use")
    const mended = await stored(world, "boss")
    expect(mended?.refresh).not.toBe(again?.refresh ?? "")
    expect(mended?.refresh).not.toBe(login.refreshToken)
    expect(reuses(world.sim.log())).toEqual([])
  })
})
