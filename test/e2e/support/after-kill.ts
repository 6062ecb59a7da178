import { expect } from "bun:test"
import { postsPerRefreshToken } from "../../../src/simulator/request-log.ts"
import type { World } from "../../support/world.ts"
import { accountIn, loginsIn } from "./end-state.ts"
import { diedWhilePosting, diedWithReplyInHand, type Point } from "./fault-run.ts"
import { inWords } from "./home-in-words.ts"
import type { Scenario } from "./scenario.ts"
import type { Stage } from "./stage.ts"
import { leftovers, newestToken, placesOf, tornFiles } from "./token-places.ts"

/** The commands of a scenario, as {@link expectRecovered} needs them. */
export type Steps = Pick<Scenario, "alreadyDone" | "saysLost" | "removes" | "lostBefore"> & {
  again: string
}

/** What `aim refresh --json` says of each label, as far as tests look. */
type Refreshed = { ok: boolean; labels: { label: string; outcome: string; reason?: string }[] }

/**
 * What must be true after a kill, and after the next run: every file whole, every account's
 * newest token findable and usable, no pair posted twice but for the one repost after a POST
 * without its reply, no temp file left. `lost` is the account whose login the kill cost, which it
 * may only between a POST and the reply's bytes on disk; else null. `known`: the home came to what
 * it came to before on this stage, and aim has renewed every label out of that then.
 */
export async function expectRecovered(
  stage: Stage,
  steps: Steps,
  points: readonly Point[],
  where: string,
): Promise<{ lost: string | null; known: boolean }> {
  const { world } = stage
  expect(await tornFiles(world), where).toEqual([])
  const missing = await missingTokens(world, steps)
  const before = steps.lostBefore ?? []
  const lost = diedWithReplyInHand(points) ? missing : before
  expect(missing, `${where}: the newest token is nowhere`).toEqual(lost)
  expect(lost.length, where).toBeLessThanOrEqual(1)

  await runAgain(world, steps, lost, where)
  expect(await missingTokens(world, steps), `${where}, after the next run`).toEqual(lost)
  await expectNewest(world, lost, where)
  const words = await inWords(world)
  const known = lost.length === 0 && stage.renewed.has(words)
  if (!known) await expectUsable(world, lost, where)
  stage.renewed.add(words)
  expectPostedOnce(stage, diedWhilePosting(points), where)
  expect(await tornFiles(world), where).toEqual([])
  expect(await leftovers(world), `${where}: temp files stay`).toEqual([])
  return { lost: lost[0] ?? null, known }
}

/** The accounts whose newest refresh token stands nowhere that aim would take it up from. */
async function missingTokens(world: World, { removes = [] }: Steps): Promise<string[]> {
  const missing: string[] = []
  for (const { name } of [...world.sim.accounts(), ...world.sim.claude.accounts()]) {
    const token = newestToken(world, name)
    if (token === null) continue
    const places = await placesOf(world, token, { backups: removes.includes(name) })
    if (places.length === 0) missing.push(name)
  }
  return missing
}

/**
 * What a person would do: the same command again. It ends well, or says that it was done, or, of
 * the label that was lost, that its refresh was interrupted.
 */
async function runAgain(
  world: World,
  { again, alreadyDone, saysLost }: Steps,
  lost: readonly string[],
  where: string,
): Promise<void> {
  const result = await world.aim(`${again} --json`)
  const said = `${where}, then \`aim ${again}\`: ${result.stdout}${result.stderr}`
  if (result.code === 0) return
  expect(result.code, said).toBe(1)
  const document = result.json() as { error?: { code: string }; labels?: Refreshed["labels"] }
  if (document.labels !== undefined && lost.length > 0) return expectDead(document.labels, said)
  const code = lost.length > 0 && saysLost !== undefined ? saysLost : alreadyDone
  expect(document.error, said).toMatchObject({ code })
}

function expectDead(labels: Refreshed["labels"], said: string): void {
  const bad = labels.filter(({ outcome }) => !["refreshed", "not_due"].includes(outcome))
  expect(bad, said).toEqual([
    expect.objectContaining({ outcome: "dead", reason: "refresh_interrupted" }),
  ])
}

/** Every label's stored pair is one that the issuer would take. */
async function expectNewest(world: World, lost: readonly string[], where: string): Promise<void> {
  for (const [label, { refresh }] of Object.entries(loginsIn(await world.vault()))) {
    const account = accountIn(refresh)
    if (lost.includes(account)) continue
    expect(world.sim.liveRefreshTokens(account), `${where}: ${label}`).toContain(refresh)
  }
}

/** By aim's own refresh of every label, each stored pair is the newest, and nothing is in its way. */
async function expectUsable(world: World, lost: readonly string[], where: string): Promise<void> {
  const vault = await world.vault()
  for (const label of Object.keys(vault.accounts)) {
    const account = vault.accounts[label]?.pool as { enabled?: boolean } | undefined
    if (account?.enabled === false) await world.json(`account enable ${label}`)
  }
  const all = await world.aim("refresh --all --force --json")
  const said = `${where}, at last \`aim refresh --all --force\`: ${all.stdout}${all.stderr}`
  const stored = loginsIn(vault)
  const wanted = Object.keys(vault.accounts).map((label) => {
    if (stored[label] === undefined) return `${label}: no_login`
    const dead = lost.includes(accountIn(stored[label].refresh))
    return `${label}: ${dead ? "dead" : "refreshed"}`
  })
  const { labels } = all.json() as Refreshed
  // What came from an authority is renewed there, and taken from it.
  const done = (outcome: string) => (outcome === "taken" ? "refreshed" : outcome)
  const found = labels.map(({ label, outcome }) => `${label}: ${done(outcome)}`)
  expect(found.sort(), said).toEqual(wanted.sort())
  // What the run before has found dead is old news to `--all`.
  if (lost.length === 0) expect(all.code, said).toBe(0)
  if (lost.length > 0) await expectSaid(world, lost, where)
}

/** Status names the label that was lost, why, and the way out. */
async function expectSaid(world: World, lost: readonly string[], where: string): Promise<void> {
  const status = await world.aim("status --cached")
  expect(status.code, where).toBe(0)
  expect(status.stdout, where).toContain("refresh_interrupted")
  const vault = await world.vault()
  const logins = Object.entries(loginsIn(vault))
  for (const name of lost) {
    const label = logins.find(([, { refresh }]) => accountIn(refresh) === name)?.[0]
    expect(status.stdout, where).toContain(`aim login ${label}`)
  }
  const reasons = logins.flatMap(([, { verdict }]) => verdict?.reason ?? [])
  expect(reasons, where).toEqual(lost.map(() => "refresh_interrupted"))
}

function expectPostedOnce(stage: Stage, interrupted: boolean, where: string): void {
  // An issuer that says it could not look at the request (503) has spent nothing: aim asks later.
  const looked = stage.log().filter(({ outcome }) => outcome !== "not_handled")
  const posts = [...postsPerRefreshToken(looked).values()]
  const twice = posts.filter((count) => count > 1)
  expect(Math.max(0, ...posts), where).toBeLessThanOrEqual(interrupted ? 2 : 1)
  expect(twice.length, `${where}: pairs posted twice`).toBeLessThanOrEqual(interrupted ? 1 : 0)
}
