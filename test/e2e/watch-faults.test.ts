import { describe, expect, test } from "bun:test"
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import type { WatchReceipt } from "../../src/domain/receipt.ts"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { openWorld, type World } from "../support/world.ts"
import { pass } from "./support/ageing.ts"
import { quota } from "./support/quota.ts"
import { withSmallDisk } from "./support/small-disk.ts"
import { type TickDocument, tick } from "./support/tick.ts"
import { tornFiles } from "./support/token-places.ts"
import { holds, watching } from "./support/watching.ts"

const kinds = (findings: readonly { kind: string }[]) => findings.map(({ kind }) => kind)

/** Everything below the home but the ledger's own files, with what tells whether it was touched. */
async function untouchable(world: World): Promise<Record<string, string>> {
  const seen: Record<string, string> = {}
  for (const entry of await readdir(world.home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || /\/\.aimgr\/ledger\.db/.test(path)) continue
    const { ino, mtimeNs, ctimeNs, mode } = await stat(path, { bigint: true })
    seen[path] = [ino, mtimeNs, ctimeNs, mode, Bun.hash(await readFile(path))].join(" ")
  }
  return seen
}

const asked = (world: World) => world.sim.log().filter(({ kind }) => kind === "usage")
const posts = (world: World) => world.sim.log().filter(({ kind }) => kind === "token_refresh")

describe("a tick that changes nothing", () => {
  test.each<[what: string, code: 0 | 1, world: () => Promise<World>]>([
    ["keeps a label that lasts", 0, () => watching(40)],
    ["keeps a label for want of a better one", 0, () => watching(85, 20, quota(90, 20))],
    ["is blocked on a spent pool", 1, () => watching(100, 100, quota(100, 100))],
  ])("and %s touches no file but the ledger", async (_, code, open) => {
    await using world = await open()
    await tick(world, code)
    await pass(world, 5)
    const before = await untouchable(world)
    const { run } = await tick(world, code)
    expect(run.ticks).toBe(2)
    expect(await untouchable(world)).toEqual(before)
  })

  test("asks for the active label alone while it lasts", async () => {
    await using world = await watching(40)
    const before = asked(world).length
    await tick(world)
    expect(
      asked(world)
        .slice(before)
        .map(({ account }) => account),
    ).toEqual(["boss"])
  })

  test("puts its receipt into the state file at most once an hour", async () => {
    await using world = await watching(40)
    const exported = async () =>
      (await world.vault()).targets.codexCli?.lastWatchReceipt as { observedAt: string }
    await tick(world)
    const { observedAt } = await exported()
    // Work goes on, so that the reason stays what it is.
    for (const used of [41, 42]) {
      world.sim.setUsage("boss", quota(used, 20))
      await pass(world, 20)
      const then = (await exported()).observedAt
      await tick(world)
      expect((await exported()).observedAt).toBe(then)
    }
    world.sim.setUsage("boss", quota(43, 20))
    await pass(world, 21)
    await tick(world)
    expect(Date.parse((await exported()).observedAt)).toBeGreaterThan(Date.parse(observedAt))
    const { receipts } = await world.json<{ receipts: { run?: { ticks: number } }[] }>(
      "history --target codex --limit 1",
    )
    expect(receipts[0]?.run?.ticks).toBe(4)
    const { stdout } = await world.aim("history --limit 1")
    // An hour and a minute, and what the ticks themselves took.
    expect(stdout).toMatch(/4 times in 1h [1-9]m/)
  })
})

describe("a provider that is down all night", () => {
  test("is warned of once, and nothing is changed", async () => {
    await using world = await watching(40)
    await tick(world)
    const auth = await world.auth()
    world.sim.addFault({ path: "*", kind: "status", status: 503 })
    const said: string[] = []
    const reasons: (string | undefined)[] = []
    for (let n = 0; n < 9; n++) {
      await pass(world, 5)
      const { code, stdout, stderr } = await world.aim("codex watch --once --json")
      const { watched } = JSON.parse(stdout) as TickDocument
      expect(code).toBe(0)
      expect(watched.receipt).toMatchObject({
        status: "noop",
        unreachableSince: expect.any(String),
      })
      expect(stderr.includes("provider_unreachable") || stderr.includes("can't be read")).toBe(
        n === 0,
      )
      said.push(...kinds(watched.receipt.warnings))
      reasons.push(watched.receipt.decision?.reason)
    }
    expect(said).toEqual(["provider_unreachable"])
    expect([...new Set(reasons)]).toEqual(["lasts", "usage_unknown"])
    expect(await world.auth()).toEqual(auth)
    expect((await world.aim("status --cached")).stdout).toMatch(
      /codex watch .*no reading since 4\dm ago/,
    )
    world.sim.clearFaults()
    await pass(world, 5)
    const { receipt } = await tick(world)
    expect(receipt.decision?.reason).toBe("idle_no_better")
    expect(receipt.unreachableSince).toBeUndefined()
  })
})

describe("an endpoint that rate-limits all night", () => {
  test("is no trouble while the last reading counts, then is named once, with its end", async () => {
    await using world = await watching(40)
    await tick(world)
    const headers = { "retry-after": "3000" }
    world.sim.addFault({ path: "/backend-api/wham/usage", kind: "status", status: 429, headers })
    const said: WatchReceipt["warnings"] = []
    for (let n = 0; n < 9; n++) {
      await pass(world, 5)
      const { receipt } = await tick(world)
      const { reason } = receipt.decision ?? {}
      expect(receipt.status).toBe("noop")
      expect(receipt.unreachableSince !== undefined).toBe(reason === "usage_unknown")
      said.push(...receipt.warnings)
    }
    expect(kinds(said)).toEqual(["usage_rate_limited"])
    const [warning] = said
    expect(warning?.label).toBe("boss")
    expect(Date.parse(String(warning?.waitUntil))).toBeGreaterThan(0)
    expect(String(warning?.detail)).toContain(`wait until ${warning?.waitUntil}`)
    const { watches } = await world.json<{ watches: { waitUntil: string | null }[] }>(
      "status --cached",
    )
    expect(Date.parse(watches[0]?.waitUntil ?? "")).toBeGreaterThan(Date.now())
    expect((await world.aim("status --cached")).stdout).toMatch(
      /codex watch .*no reading since \d+m ago, rate-limited; asked again in \d+m/,
    )
    world.sim.clearFaults()
    await pass(world, 60)
    const { receipt } = await tick(world)
    expect(receipt).not.toHaveProperty("unreachableSince")
    expect(receipt).not.toHaveProperty("waitUntil")
  })
})

describe("a Claude endpoint that may be asked every three minutes", () => {
  test("is warned of once by looks that come sooner", async () => {
    await using world = await openWorld([], { claudeAccounts: [{ name: "boss" }] })
    await world.claudeLabel("boss")
    await world.json("claude use")
    await pass(world, 5)
    world.sim.addFault({ path: "/api/oauth/usage", kind: "status", status: 503 })
    const said: string[] = []
    for (let n = 0; n < 7; n++) {
      const { receipt } = await tick(world, 0, "claude watch --once --interval-seconds 60")
      said.push(...kinds(receipt.warnings))
      expect(receipt.unreachableSince).toEqual(expect.any(String))
      await pass(world, 1)
    }
    expect(said).toEqual(["provider_unreachable"])
  })
})

describe("an active label whose access token is refused", () => {
  test("and refused again after its refresh costs no refresh a tick, and is warned of once", async () => {
    await using world = await watching(40)
    await tick(world)
    world.sim.addFault({ path: "/backend-api/wham/usage", kind: "status", status: 403 })
    const before = posts(world).length
    const said: string[] = []
    for (let n = 0; n < 8; n++) {
      await pass(world, 5)
      const { receipt } = await tick(world)
      said.push(...kinds(receipt.warnings))
      expect(receipt).toMatchObject({ status: "noop", currentLabelAfter: "boss" })
    }
    expect(posts(world).length).toBe(before + 1)
    expect(said).toEqual(["usage_refused"])
  })

  test("is refreshed once, and stays", async () => {
    await using world = await watching(40)
    world.sim.expire("boss", "access")
    const before = posts(world).length
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      status: "noop",
      decision: { reason: "lasts" },
      refreshed: [{ label: "boss", outcome: "refreshed" }],
    })
    expect(posts(world).length).toBe(before + 1)
    expect(await holds(world)).toBe("boss")
  })

  test("and whose login is dead is left for another", async () => {
    await using world = await watching(40)
    world.sim.revoke("boss")
    const { receipt } = await tick(world)
    expect(receipt).toMatchObject({
      status: "activated",
      currentLabelBefore: "boss",
      currentLabelAfter: "qa",
      decision: { reason: "login_dead" },
      refreshed: [{ label: "boss", outcome: "dead" }],
    })
    expect(await holds(world)).toBe("qa")
    expect((await world.vault()).credentials["openai-codex"]?.boss?.refresh).toBeString()
    await pass(world, 5)
    const before = posts(world).length
    expect((await tick(world)).receipt.decision?.reason).toBe("lasts")
    expect(posts(world).length).toBe(before)
  })

  test("blocks the watch where there is no other, and its files stay", async () => {
    await using world = await watching(40)
    const auth = await world.auth()
    world.sim.revoke("boss")
    world.sim.revoke("qa")
    const { receipt } = await tick(world, 1)
    expect(receipt).toMatchObject({ status: "blocked", decision: { reason: "nothing_can_serve" } })
    expect(receipt.warnings).toEqual([])
    expect(await world.auth()).toEqual(auth)
  })
})

test("live labels that end before the next looks are renewed, in every home that holds them", async () => {
  await using world = await watching(40, 20, quota(10, 20), { expiresInSeconds: 40 * 60 })
  const before = posts(world).length
  expect((await tick(world)).receipt.refreshed).toEqual([])
  const { receipt } = await tick(world, 0, "codex watch --once --interval-seconds 1800")
  expect(receipt).toMatchObject({
    status: "noop",
    refreshed: [{ label: "boss", outcome: "refreshed" }],
    stores: [{ outcome: "reached" }, { outcome: "reached" }],
  })
  expect(posts(world).length).toBe(before + 1)
  expect(await holds(world)).toBe("boss")
  const { tokens } = await world.auth(join(world.home, "logins", "boss"))
  expect(tokens).toEqual((await world.auth()).tokens)
})

test("after a long sleep every reading is old by the clock on the wall", async () => {
  await using world = await watching(40)
  await tick(world)
  await pass(world, 9 * 60)
  world.sim.setUsage("boss", quota(97, 20))
  const { receipt } = await tick(world)
  expect(receipt).toMatchObject({ primaryRemainingPctBefore: 3, currentLabelAfter: "qa" })
  await pass(world, 9 * 60)
  world.sim.addFault({ path: "*", kind: "status", status: 503 })
  expect((await tick(world)).receipt).toMatchObject({
    primaryRemainingPctBefore: null,
    decision: { reason: "usage_unknown" },
  })
})

test("a disk that is full stops a tick with a clear error, tears nothing, and the next one heals", async () => {
  let stopped = 0
  for (const blocks of [0, 1, 4, 8, 160]) {
    await using world = await watching(85)
    const { code, stdout } = await withSmallDisk(world, blocks, "codex watch --once")
    expect([0, 1], stdout).toContain(code)
    if (code === 1) {
      stopped += 1
      const { error } = JSON.parse(stdout)
      expect(error).toMatchObject({ message: expect.stringMatching(/ENOSPC|EFBIG|SQLITE_/) })
    }
    expect(await tornFiles(world)).toEqual([])
    await tick(world)
    expect(await holds(world)).toBe("qa")
    expect(Math.max(0, ...postsPerRefreshToken(world.sim.log()).values())).toBeLessThan(2)
  }
  expect(stopped).toBeGreaterThan(2)
})

test("labels that are all near their limits are not exchanged for each other", async () => {
  await using world = await watching(88, 60, quota(87, 60))
  const served: (string | null)[] = []
  for (let n = 0; n < 20; n++) {
    await pass(world, 5)
    world.sim.setUsage("boss", quota(88 + (n % 3), 60))
    world.sim.setUsage("qa", quota(89 - (n % 3), 60))
    served.push((await tick(world)).receipt.currentLabelAfter)
  }
  const moves = served.filter((label, n) => n > 0 && label !== served[n - 1]).length
  expect(moves).toBeLessThanOrEqual(1)
})
