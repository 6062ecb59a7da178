import { expect } from "bun:test"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { type LogEntry, postsPerRefreshToken, reuses } from "../../../src/simulator/request-log.ts"
import { openWorld, type World } from "../../support/world.ts"
import { codexRefreshes } from "./codex-client.ts"
import { endStateOf } from "./end-state.ts"
import { quota } from "./quota.ts"
import { leftovers, newestToken, tornFiles } from "./token-places.ts"

const SHARED = ["boss", "qa"]
/** Tokens that are due as soon as they are issued, and tokens that last. */
const SHORT_SECONDS = 60
const LONG_SECONDS = 864_000
const LONGEST_MS = 90_000

/** What a command may be stopped by when others work on the same labels; nothing else. */
const FAIR_BLOCKS = ["nothing_can_serve"]

type Run = { command: string; code: number; ms: number; stdout: string; stderr: string }

/** The eight commands of one round; every second round undoes what the one before it did. */
function commandsOf(world: World, round: number): string[] {
  const even = round % 2 === 0
  const [from, to] = even ? ["third", "other"] : ["other", "third"]
  return [
    "codex use",
    "codex use --next",
    `refresh boss ${even ? "--force" : ""}`,
    `refresh ${even ? "qa --force" : "--all"}`,
    "status --live",
    `account ${even ? "disable" : "enable"} qa`,
    `account rename ${from} ${to} --yes`,
    `codex capture ${even ? "boss" : "qa"} --source-home ${join(world.home, "logins", even ? "boss" : "qa")}`,
  ]
}

async function timed(world: World, command: string): Promise<Run> {
  const began = performance.now()
  const { code, stdout, stderr } = await world.aim(`${command} --json`)
  return { command, code, stdout, stderr, ms: Math.round(performance.now() - began) }
}

/** Eight at once on two shared labels: nothing is lost, posted twice, torn or stuck. */
export async function raceRounds(rounds: number): Promise<void> {
  const accounts = [...SHARED, "third"].map((name) => ({ name, ...quota(10, 30) }))
  await using world = await openWorld(accounts)
  for (const { name } of accounts) await world.label(name)
  await world.json("codex use")
  world.sim.addFault({ kind: "delay", path: "/oauth/token", headersMs: 100 })
  let slowest: Run | null = null
  for (let round = 0; round < rounds; round++) {
    for (const account of world.sim.accounts())
      Object.assign(account, {
        accessLifetimeSeconds: round % 2 === 0 ? SHORT_SECONDS : LONG_SECONDS,
      })
    if (round % 5 === 4) await codexRefreshes(world, world.codexHome)
    const before = world.sim.log().length
    const runs = await Promise.all(commandsOf(world, round).map((each) => timed(world, each)))
    for (const run of runs) {
      expectFair(run, round)
      if (slowest === null || run.ms > slowest.ms) slowest = run
    }
    await expectSound(world, round)
    if (round % 2 === 1) expectOnePost(world.sim.log().slice(before), round)
    if (round % 4 === 2) await refuseAccess(world)
  }
  await expectEnd(world)
  console.log(
    `slowest: aim ${slowest?.command}, ${slowest?.ms} ms; ${world.sim.log().length} requests`,
  )
}

/** The issuer refuses access tokens that have time left; without a ledger, every aim asks and is told. */
async function refuseAccess(world: World): Promise<void> {
  for (const name of SHARED) world.sim.expire(name, "access")
  for (const end of ["", "-wal", "-shm"])
    await rm(join(world.home, ".aimgr", `ledger.db${end}`), { force: true })
}

/** A round in which tokens have run out and new ones last: whoever comes first posts, the others see. */
function expectOnePost(log: readonly LogEntry[], round: number): void {
  const posted = log.filter(({ kind }) => kind === "token_refresh").map(({ account }) => account)
  expect(posted.length, `round ${round}: ${posted}`).toBe(new Set(posted).size)
}

/** At last both labels are good for one more refresh, and every store holds the newest pair. */
async function expectEnd(world: World): Promise<void> {
  const { labels } = await world.json<{ labels: { label: string; outcome: string }[] }>(
    "refresh --all --force",
  )
  expect(labels.map(({ outcome }) => outcome)).toEqual(["refreshed", "refreshed", "refreshed"])
  const { stores } = await endStateOf(world)
  expect(Object.values(stores).filter((what) => !what.endsWith("the vault's pair"))).toEqual([])
  expect(Object.keys(stores)).toHaveLength(4)
}

function expectFair({ command, code, ms, stdout, stderr }: Run, round: number): void {
  const said = `round ${round}, aim ${command}: ${stdout}${stderr}`
  expect(ms, said).toBeLessThan(LONGEST_MS)
  if (code === 0) return
  expect(code, said).toBe(1)
  expect(FAIR_BLOCKS, said).toContain(JSON.parse(stdout).error?.code)
}

/** After a round: every change of its commands stands, and no token is anywhere but where it belongs. */
async function expectSound(world: World, round: number): Promise<void> {
  const where = `round ${round}`
  const log = world.sim.log()
  expect(reuses(log), where).toEqual([])
  expect(Math.max(0, ...postsPerRefreshToken(log).values()), where).toBeLessThanOrEqual(1)
  expect(await tornFiles(world), where).toEqual([])
  expect(await leftovers(world), where).toEqual([])
  const { labels, quarantine, inflight, openIntent } = await endStateOf(world)
  expect({ quarantine, inflight, openIntent }, where).toEqual({
    quarantine: [],
    inflight: [],
    openIntent: null,
  })
  const third = round % 2 === 0 ? "other" : "third"
  expect(Object.keys(labels).sort(), where).toEqual(["boss", "qa", third].sort())
  expect(labels.qa?.enabled, where).toBe(round % 2 === 1)
  const stored = (await world.vault()).credentials["openai-codex"] ?? {}
  for (const name of SHARED)
    expect(stored[name]?.refresh, `${where}: ${name}`).toBe(newestToken(world, name) ?? "")
}
