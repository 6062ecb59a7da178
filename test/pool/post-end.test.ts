import { describe, expect, test } from "bun:test"
import { lstatSync, rmSync, writeFileSync } from "node:fs"
import { pairHash } from "../../src/domain/pair.ts"
import { keyOf, type Pool } from "../../src/pool/pool.ts"
import { endPost, postPair } from "../../src/pool/post.ts"
import type { RefreshOutcome } from "../../src/pool/refresh-outcome.ts"
import { Secret } from "../../src/system/secret.ts"
import { readInflight } from "../../src/vault/inflight.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { stopTime } from "../support/time-passes.ts"
import { leavePost } from "./interrupted.ts"

const TOKEN = "/oauth/token"

async function withBoss(): Promise<PoolWorld> {
  const world = await openPoolWorld()
  await world.label("boss")
  return world
}

describe("a reply that can't be kept on disk is brought to the vault all the same", () => {
  test.each([
    ["at once", 0, "refreshed"],
    ["again and again, a second apart", 9, "refreshed"],
    ["ten times in all", 10, null],
  ] as const)("%s", async (_name, failures, kind) => {
    await using world = await withBoss()
    const { inflight } = world.pool.vault.paths
    let left: number = failures
    const commit: Pool["vault"]["commit"] = (change) => {
      if (lstatSync(inflight).isDirectory()) return world.pool.vault.commit(change)
      if (left-- > 0) return Promise.reject(new Error("no room"))
      rmSync(inflight)
      return world.pool.vault.commit(change)
    }
    world.sim.addFault({ path: TOKEN, kind: "hold" })
    const pool = { ...world.pool, vault: { ...world.pool.vault, commit } }
    let ended: RefreshOutcome | string | null = null
    const end = (how: RefreshOutcome | string) => {
      ended = how
    }
    const document = await world.document()
    const pair = pairHash(new Secret(String(await world.stored("boss"))))
    void world
      .leased("boss", (lease, key) =>
        postPair(pool, lease, key, document, { pair, mayBeSpent: false }),
      )
      .then(end, (error: Error) => end(error.message))
    await world.sim.arrived(({ path }) => path === TOKEN)
    rmSync(inflight, { recursive: true })
    writeFileSync(inflight, "where the folder should be")
    using time = stopTime()
    world.sim.release()
    for (let second = 1; second <= Math.min(9, failures); second++) {
      while (left > failures - second) await time.turns()
      await time.someoneWaits()
      await time.pass(999)
      expect(left).toBe(failures - second)
      await time.pass(1)
    }
    while (ended === null) await time.turns()
    expect(ended as unknown).toEqual(kind === null ? "no room" : { kind })
  })
})

const OUTCOMES: [RefreshOutcome, closes: boolean, closesDoubtful: boolean][] = [
  [{ kind: "refreshed" }, true, true],
  [{ kind: "dead", reason: "refresh_interrupted", known: false }, true, true],
  [{ kind: "quarantined", reason: "wrong_identity", id: "ab" }, false, false],
  [{ kind: "quarantined", reason: "reply_unreadable", id: "ab" }, false, false],
  [{ kind: "superseded" }, true, true],
  [{ kind: "transient", detail: "http_500" }, true, false],
  [{ kind: "rate_limited", retryAfterMs: null }, true, false],
  [{ kind: "unauthorized", detail: "http_403" }, true, false],
  [{ kind: "protocol", detail: "http_404" }, true, false],
]

describe("a post is over after an answer that decides, and else its note stands again", () => {
  test.each(
    OUTCOMES.map(([outcome, ...ends]) => [JSON.stringify(outcome), outcome, ends] as const),
  )("%s", async (_name, outcome, ends) => {
    await using world = await withBoss()
    for (const [index, mayBeSpent] of [false, true].entries()) {
      await leavePost(world, "boss", null, mayBeSpent)
      const posted = { pair: "ab12", mayBeSpent }
      const ended = await world.leased("boss", (lease, key) =>
        endPost(world.pool, lease, key, posted, outcome, 1000),
      )
      expect(ended).toBe(ends[index] === true)
      expect(await readInflight(world.pool.vault, keyOf("openai-codex", "boss"))).toEqual(
        ended ? null : { ...posted, identity: "as posted before", at: 1000, reply: null },
      )
    }
  })
})
