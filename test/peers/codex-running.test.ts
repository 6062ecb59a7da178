import { describe, expect, test } from "bun:test"
import { now, sleep } from "../../src/system/clock.ts"
import { sha256 } from "../../src/system/hash.ts"
import { type AppServer, startAppServer } from "../support/app-server.ts"
import type { CodexAuth } from "../support/codex-home.ts"
import { type CodexLab, openCodexLab } from "../support/codex-lab.ts"
import { execTurn } from "../support/real-codex.ts"

/**
 * What a RUNNING Codex CLI 0.169.0 does when auth.json is swapped under it: an app-server with an
 * open thread that has taken one turn as boss. The claims of codex-cli.md §4 marked as read only.
 *
 * Seen: before every refresh it reads the file again. Another account there: it posts nothing,
 * keeps its old bearer as long as that is accepted, then fails each turn. The same account with a
 * new pair: adopted without a post, in the same turn; but under another `login_owner_id` (a new
 * login of the same account) that one turn fails, and the next one works.
 */

const OTHER_ACCOUNT = "you have since logged out or signed in to another account"
const OTHER_LOGIN = "application network policy is unavailable"

type Scene = CodexLab & { server: AppServer; turn: () => ReturnType<AppServer["turn"]> }

async function openScene(options: { expiresInSeconds?: number } = {}): Promise<Scene> {
  const lab = await openCodexLab(options)
  const server = await startAppServer(lab.home)
  const thread = await server.startThread()
  const turn = () => server.turn(thread)
  expect(await turn()).toEqual({ status: "completed", error: null })
  return {
    ...lab,
    server,
    turn,
    async [Symbol.asyncDispose]() {
      await server.stop()
      await lab[Symbol.asyncDispose]()
    },
  }
}

/** Swaps another account in, as `aim codex use qa` does. */
async function swapOther({ sim, home }: Scene): Promise<CodexAuth> {
  const document = sim.authJson(sim.mintLogin("qa"))
  await home.swapAuth(document)
  return document
}

/** Swaps a new pair of the same login in, as aim does after a refresh of its own. */
async function swapSame({ sim, home }: Scene, ownerId?: string | null): Promise<CodexAuth> {
  const fresh = sim.authJson(sim.mintLogin("boss"))
  const { tokens } = (await home.readAuth()) as ReturnType<typeof sim.authJson>
  const { login_owner_id, ...kept } = { ...fresh.tokens, login_owner_id: tokens.login_owner_id }
  const owner = ownerId === undefined ? login_owner_id : ownerId
  const document = { ...fresh, tokens: owner === null ? kept : { ...kept, login_owner_id: owner } }
  await home.swapAuth(document)
  return document
}

function lastBearer(scene: Scene): string | null {
  return scene.seen("turn").at(-1)?.bearerHash ?? null
}

describe("another account is swapped in", () => {
  test("while the old token is accepted: turns go on as the old account", async () => {
    await using scene = await openScene()
    const swapped = await swapOther(scene)
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(scene.login.accessToken))
    expect(scene.seen("token_refresh")).toEqual([])
    expect(await scene.home.readAuth()).toEqual(swapped)
  })

  test("then a 401: no post, no adoption, every turn fails; a new process is the new account", async () => {
    await using scene = await openScene()
    const swapped = await swapOther(scene)
    scene.sim.expire("boss", "access")
    for (let i = 0; i < 2; i++) {
      const { status, error } = await scene.turn()
      expect([status, error]).toEqual(["failed", expect.stringContaining(OTHER_ACCOUNT)])
    }
    expect(scene.seen("token_refresh")).toEqual([])
    expect(await scene.home.readAuth()).toEqual(swapped)
    expect((await execTurn(scene.home)).answer).toBe("simulated answer for qa")
  })

  test("in the middle of a turn: that turn ends well as the old account", async () => {
    await using scene = await openScene()
    const path = "/backend-api/codex/responses"
    scene.sim.addFault({ path, kind: "hold", times: 1 })
    const running = scene.turn()
    await scene.sim.arrived((entry) => entry.faults.includes("hold"))
    await swapOther(scene)
    scene.sim.expire("boss", "access")
    scene.sim.release()
    expect(await running).toEqual({ status: "completed", error: null })
    expect(scene.seen("token_refresh")).toEqual([])
  })

  test("while its own post is in flight: the reply is dropped, the file stays, the pair is lost", async () => {
    await using scene = await openScene()
    scene.sim.expire("boss", "access")
    scene.sim.addFault({ path: "/oauth/token", kind: "hold", times: 1 })
    const running = scene.turn()
    await scene.sim.arrived((entry) => entry.kind === "token_refresh")
    const swapped = await swapOther(scene)
    scene.sim.release()
    expect((await running).error).toContain(OTHER_ACCOUNT)
    expect(scene.seen("token_refresh")).toMatchObject([
      { outcome: "refreshed", refreshTokenHash: scene.login.refreshTokenHash },
    ])
    expect(await scene.home.readAuth()).toEqual(swapped)
  })
})

describe("a new pair of the same account is swapped in", () => {
  for (const [name, ownerId] of [
    ["with the same login_owner_id", undefined],
    ["without a login_owner_id", null],
  ] as const) {
    test(`${name}, then a 401: adopted in the same turn with no post (guarded reload)`, async () => {
      await using scene = await openScene()
      const swapped = await swapSame(scene, ownerId)
      // Only the token that Codex holds is refused; the one in the file is good.
      scene.sim.addFault({
        path: "/backend-api/codex/responses",
        kind: "status",
        status: 401,
        times: 1,
      })
      expect(await scene.turn()).toEqual({ status: "completed", error: null })
      expect(lastBearer(scene)).toBe(sha256(swapped.tokens.access_token))
      expect(scene.seen("token_refresh")).toEqual([])
      expect(await scene.home.readAuth()).toEqual(swapped)
    })
  }

  test("with another login_owner_id, then a 401: no post; that turn fails, the next one works", async () => {
    await using scene = await openScene()
    scene.sim.expire("boss", "access")
    const swapped = await swapSame(scene, "A".repeat(43))
    expect((await scene.turn()).error).toContain(OTHER_LOGIN)
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(swapped.tokens.access_token))
    expect(scene.seen("token_refresh")).toEqual([])
  })

  test("while its own post is in flight: the reply is dropped and the file's pair is used", async () => {
    await using scene = await openScene()
    scene.sim.expire("boss", "access")
    scene.sim.addFault({ path: "/oauth/token", kind: "hold", times: 1 })
    const running = scene.turn()
    await scene.sim.arrived((entry) => entry.kind === "token_refresh")
    const swapped = await swapSame(scene)
    scene.sim.release()
    expect(await running).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(swapped.tokens.access_token))
    expect(scene.seen("token_refresh")).toHaveLength(1)
    expect(await scene.home.readAuth()).toEqual(swapped)
  })
})

describe("the access token comes within five minutes of its end", () => {
  /** Enough for the first turn to go out before the token is due on a busy machine. */
  const expiresInSeconds = 325

  async function untilDue({ login }: Scene): Promise<void> {
    await sleep(Math.max(0, login.expiresAt - 299_000 - now()))
  }

  test.concurrent("control: idle it posts nothing, the next turn posts once", async () => {
    await using scene = await openScene({ expiresInSeconds })
    await untilDue(scene)
    await sleep(1_000)
    expect(scene.seen("token_refresh")).toEqual([])
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(scene.seen("token_refresh")).toMatchObject([{ refreshReason: "proactive_expiry" }])
  })

  test.concurrent("after a swap to another account: no post, the old token goes on", async () => {
    await using scene = await openScene({ expiresInSeconds })
    const swapped = await swapOther(scene)
    await untilDue(scene)
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(scene.login.accessToken))
    expect(scene.seen("token_refresh")).toEqual([])
    expect(await scene.home.readAuth()).toEqual(swapped)
  })

  test.concurrent("after a swap to a new pair of the same account: adopted, no post", async () => {
    await using scene = await openScene({ expiresInSeconds })
    const swapped = await swapSame(scene)
    await untilDue(scene)
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(swapped.tokens.access_token))
    expect(scene.seen("token_refresh")).toEqual([])
  })
})

test("three processes that start on one expired login post one pair three times", async () => {
  await using lab = await openCodexLab({ expiresInSeconds: -60 })
  lab.sim.addFault({ path: "/oauth/token", kind: "hold" })
  const turns = [1, 2, 3].map(() => execTurn(lab.home))
  const third = (entry: { kind: string }) =>
    entry.kind === "token_refresh" && lab.seen("token_refresh").length === 3
  await lab.sim.arrived(third)
  lab.sim.clearFaults()
  lab.sim.release()
  await Promise.all(turns)
  const outcomes = lab.seen("token_refresh").map((entry) => entry.outcome)
  expect(outcomes.filter((outcome) => outcome === "refreshed")).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === "refresh_token_reused").length).toBeGreaterThan(1)
})
