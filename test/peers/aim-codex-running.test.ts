import { describe, expect, test } from "bun:test"
import { now, sleep } from "../../src/system/clock.ts"
import { sha256 } from "../../src/system/hash.ts"
import { type AppServer, startAppServer } from "../support/app-server.ts"
import { type CodexWorld, openCodexWorld } from "../support/codex-world.ts"

/**
 * A Codex CLI 0.169.0 that runs (app-server with an open thread) while aim works on its home.
 *
 * Seen: a switch does not reach it; it goes on as the old label until that token is refused, and
 * then fails without a post. Back on its label it works again in the same process: it reads the
 * file once more, and adopts a new pair there rather than posting its own.
 */

const OTHER_ACCOUNT = "you have since logged out or signed in to another account"
const RESPONSES = "/backend-api/codex/responses"

type Scene = CodexWorld & { server: AppServer; turn: () => ReturnType<AppServer["turn"]> }

/** boss in the home, qa in the vault, and a running Codex that has taken one turn as boss. */
async function openScene(options: { expiresInSeconds?: number } = {}): Promise<Scene> {
  const world = await openCodexWorld({ simulator: { reuseRevokesFamily: true } })
  await world.label("qa")
  await world.loginHere("boss", options)
  await world.json("codex capture boss")
  const server = await startAppServer(world.codex)
  const thread = await server.startThread()
  const turn = () => server.turn(thread)
  expect(await turn()).toEqual({ status: "completed", error: null })
  return {
    ...world,
    server,
    turn,
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await world[Symbol.asyncDispose]()
    },
  }
}

function lastBearer(scene: Scene): string | null {
  return scene.seen("turn").at(-1)?.bearerHash ?? null
}

describe("a switch under a running Codex", () => {
  test.concurrent("names it with its pid; it goes on as the old label and spends no token of any label", async () => {
    await using scene = await openScene()
    const before = await scene.held()
    const receipt = await scene.use("--next")
    expect(receipt).toMatchObject({ status: "activated_with_warnings", label: "qa" })
    expect(receipt.warnings).toMatchObject([
      { kind: "previous_label_in_use", label: "boss", pid: scene.server.pid, command: "codex" },
    ])
    const swapped = await scene.held()
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(before.access_token))
    expect(await scene.server.authStatus()).toMatchObject({ authToken: before.access_token })

    scene.sim.expire("boss", "access")
    expect((await scene.turn()).error).toContain(OTHER_ACCOUNT)
    expect(await scene.held()).toEqual(swapped)
    expect(scene.seen("token_refresh")).toEqual([])
  })

  test.concurrent("twice: of a process older than both it is not claimed what it holds", async () => {
    await using scene = await openScene()
    await scene.use("--next")
    const { warnings } = await scene.use("--next")
    expect(warnings).toMatchObject([{ kind: "previous_label_in_use", pid: scene.server.pid }])
    expect(warnings[0]?.label).toBeUndefined()
    expect(warnings[0]?.detail).toContain("keeps the login that it began with")
    const { access_token } = await scene.held()
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(access_token))
  })

  for (const [name, poster] of [
    ["aim has refreshed meanwhile: its pair is adopted", "aim/"],
    ["nobody has refreshed: Codex does, once", "aim_test/"],
  ] as const) {
    test.concurrent(`and back, ${name}, even after the process had failed`, async () => {
      await using scene = await openScene()
      await scene.use("--next")
      scene.sim.expire("boss", "access")
      expect((await scene.turn()).error).toContain(OTHER_ACCOUNT)
      if (poster === "aim/") expect((await scene.aim("refresh boss --force")).code).toBe(0)
      expect(await scene.use("--next")).toMatchObject({ label: "boss", refreshed: [] })
      expect(await scene.turn()).toEqual({ status: "completed", error: null })
      expect(lastBearer(scene)).toBe(sha256((await scene.held()).access_token))
      const posts = scene.seen("token_refresh").map(({ userAgent }) => userAgent)
      expect(posts).toEqual([expect.stringMatching(new RegExp(`^${poster}`))])
      expect(scene.doublePosts()).toBe(0)
    })
  }
})

describe("aim refreshes the label of a running Codex", () => {
  test.concurrent("then a 401: the new pair is adopted in the same turn, and Codex posts nothing", async () => {
    await using scene = await openScene()
    const before = await scene.auth()
    expect((await scene.aim("refresh boss --force")).code).toBe(0)
    const after = await scene.auth()
    expect(after.tokens).toEqual({
      ...before.tokens,
      id_token: after.tokens.id_token,
      access_token: after.tokens.access_token,
      refresh_token: after.tokens.refresh_token,
    })
    expect(after.tokens.refresh_token).not.toBe(before.tokens.refresh_token)
    scene.sim.addFault({ path: RESPONSES, kind: "status", status: 401, times: 1 })
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(after.tokens.access_token))
    expect(await scene.auth()).toEqual(after)
    expect(scene.seen("token_refresh")).toHaveLength(1)
    expect(scene.doublePosts()).toBe(0)
  })

  test.concurrent("and others, one of them slowly: its home has the new pair long before the last reply", async () => {
    await using scene = await openScene()
    const before = await scene.held()
    scene.sim.addFault({ path: "/oauth/token", account: "qa", kind: "hold" })
    const refreshing = scene.aim("refresh --all --force")
    await scene.sim.arrived((entry) => entry.kind === "token_refresh" && entry.account === "qa")
    while ((await scene.held()).refresh_token === before.refresh_token) await sleep(20)
    const qa = scene.seen("token_refresh").filter(({ account }) => account === "qa")
    expect(qa).toMatchObject([{ ended: "pending" }])
    scene.sim.release()
    expect((await refreshing).code).toBe(0)
  })

  test.concurrent("then its own token falls due: adopted without a post", async () => {
    await using scene = await openScene({ expiresInSeconds: 325 })
    const due = now() + 25_500
    expect((await scene.aim("refresh boss")).code).toBe(0)
    const after = await scene.held()
    await sleep(Math.max(0, due - now()))
    expect(await scene.turn()).toEqual({ status: "completed", error: null })
    expect(lastBearer(scene)).toBe(sha256(after.access_token))
    expect(scene.seen("token_refresh")).toHaveLength(1)
  })
})
