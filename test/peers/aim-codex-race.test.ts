import { expect, test } from "bun:test"
import type { LogEntry } from "../../src/simulator/request-log.ts"
import { type CodexWorld, openCodexWorld } from "../support/codex-world.ts"
import { execTurn } from "../support/real-codex.ts"

/**
 * Two starting Codex CLI 0.169.0 and two aims at once on one login, ten times over. Codex takes no
 * lock for its refresh: its own two processes post one pair twice (without aim: in 7 of 10 rounds,
 * and where a reuse kills the family they lose the login by themselves). So the judge is the
 * simulator's log: aim posts a pair once, and a label is lost only where a client has posted its
 * pair and the switch came before the reply was in the file (`previous_label_in_use`, README).
 *
 * Seen in 20 rounds each: with a token about to end none was lost, because a starting Codex has
 * its home open (`tmp/arg0-linux/…/.lock`) from 5 ms on, reads and posts at 30 ms, and aim defers;
 * with a token that only the server refuses, which neither side can foresee, 3 were.
 */

const ROUNDS = 10

function postsOfRound(world: CodexWorld, from: number): LogEntry[] {
  return world.seen("token_refresh").filter((entry) => entry.n > from)
}

function isAim(entry: LogEntry): boolean {
  return entry.userAgent?.startsWith("aim/") ?? false
}

/** Every lost label is excused by a client's post of this round; it is logged in anew. */
async function settle(world: CodexWorld, round: number, from: number): Promise<void> {
  for (const label of ["boss", "qa"]) {
    const posts = postsOfRound(world, from)
    if ((await world.aim(`refresh ${label} --force`)).code === 0) continue
    const dropped = posts.filter(
      (entry) => entry.account === label && entry.outcome === "refreshed" && !isAim(entry),
    )
    expect([label, dropped.length]).toEqual([label, 1])
    const dir = `${world.home}/again/${label}-${round}`
    await world.login(label, { dir })
    await world.json(`codex capture ${label} --source-home ${dir}`)
  }
}

for (const [name, begin] of [
  [
    "about to end",
    async (world: CodexWorld) => {
      await world.loginHere("boss", { expiresInSeconds: 200 })
      await world.json("codex capture boss")
    },
  ],
  ["refused by the server", async (world: CodexWorld) => world.sim.expire("boss", "access")],
] as const) {
  test(`an access token ${name}: aim posts each pair once, and loses none that no client had in flight`, async () => {
    await using world = await openCodexWorld()
    await world.label("boss")
    await world.label("qa")
    await world.moveTo("boss")
    for (let round = 0; round < ROUNDS; round++) {
      await begin(world)
      const from = world.sim.log().length
      const aims = ["codex use --next", "refresh --all --force"]
      const [, ...ends] = await Promise.all([
        Promise.all([execTurn(world.codex), execTurn(world.codex)]),
        ...aims.map((args) => world.aim(args)),
      ])
      for (const { code } of ends) expect([0, 1]).toContain(code)
      await settle(world, round, from)
      await world.moveTo("boss")
      expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
    }
    const byAim = world.seen("token_refresh").filter(isAim)
    expect(new Set(byAim.map((entry) => entry.refreshTokenHash)).size).toBe(byAim.length)
    expect((await world.vault()).quarantine ?? []).toEqual([])
  })
}
