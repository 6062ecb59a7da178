import { expect, test } from "bun:test"
import { postsPerRefreshToken, reuses } from "../../src/simulator/request-log.ts"
import { openWorld, type World } from "../support/world.ts"
import { endStateOf, flawsOf } from "./support/end-state.ts"
import { leftovers, newestToken, tornFiles } from "./support/token-places.ts"

const ROUNDS = 12
const LABELS = ["lessons", "work"]
/** Tokens that are due as soon as they are issued, and tokens that last. */
const SHORT_SECONDS = 60
const LONG_SECONDS = 28_800
const LONGEST_MS = 90_000

const COMMANDS = [
  "claude use lessons",
  "claude use work",
  "claude use",
  "refresh --all --force",
  "refresh work",
  "login lessons",
  "status --live",
  "claude show",
]

type Run = { command: string; code: number; ms: number; stdout: string; stderr: string }

async function timed(world: World, command: string): Promise<Run> {
  const began = performance.now()
  const { code, stdout, stderr } = await world.aim(`${command} --json`)
  return { command, code, stdout, stderr, ms: Math.round(performance.now() - began) }
}

test(`eight at once on one Claude home, ${ROUNDS} rounds: nothing is lost, posted twice, torn or mixed`, async () => {
  await using world = await openWorld([], { claudeAccounts: LABELS.map((name) => ({ name })) })
  await world.claudeHome("lessons", { expiresInSeconds: 600 })
  await world.json("claude capture-native lessons")
  await world.claudeLabel("work", { expiresInSeconds: 600 })
  world.sim.addFault({ kind: "delay", path: "/v1/oauth/token", headersMs: 100 })
  let slowest: Run | null = null
  for (let round = 0; round < ROUNDS; round++) {
    for (const account of world.sim.claude.accounts())
      Object.assign(account, {
        accessLifetimeSeconds: round % 2 === 0 ? SHORT_SECONDS : LONG_SECONDS,
      })
    const runs = await Promise.all(COMMANDS.map((each) => timed(world, each)))
    for (const run of runs) {
      const said = `round ${round}, aim ${run.command}: ${run.stdout}${run.stderr}`
      expect(run.ms, said).toBeLessThan(LONGEST_MS)
      expect(run.code, said).toBe(0)
      if (slowest === null || run.ms > slowest.ms) slowest = run
    }
    await expectSound(world, `round ${round}`)
  }
  const log = world.sim.log()
  console.log(`slowest: aim ${slowest?.command}, ${slowest?.ms} ms; ${log.length} requests`)
}, 600_000)

/** After a round: no pair was posted twice, the stored ones are the newest, and both files agree. */
async function expectSound(world: World, where: string): Promise<void> {
  const log = world.sim.log()
  expect(reuses(log), where).toEqual([])
  expect(Math.max(0, ...postsPerRefreshToken(log).values()), where).toBeLessThanOrEqual(1)
  expect(await tornFiles(world), where).toEqual([])
  expect(await leftovers(world), where).toEqual([])
  const end = await endStateOf(world)
  expect(flawsOf(end), where).toEqual([])
  expect(end.quarantine, where).toEqual([])
  const stored = (await world.vault()).credentials.anthropic ?? {}
  for (const label of LABELS)
    expect(stored[label]?.refresh, `${where}: ${label}`).toBe(newestToken(world, label) ?? "")
}
