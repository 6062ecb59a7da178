import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { type AppServer, startAppServer } from "../support/app-server.ts"
import { type CodexWorld, openCodexWorld } from "../support/codex-world.ts"
import { execTurn } from "../support/real-codex.ts"

/**
 * Codex CLI 0.169.0 takes no lock for its refresh. While its live token has less than five minutes
 * left and a process has the home open, aim keeps its hands off until it has seen the same pair
 * there for 60 s (design §3, "Due").
 */

const TOKEN = "/oauth/token"

type Scene = CodexWorld & { server: AppServer | null }

/**
 * boss in the home with a token about to end, qa in the vault with a fresh one. The Codex that may
 * run is started before that token comes, and on a fresh login: on boss's it refreshes at once, and
 * without one it looks for one every second (Codex CLI 0.169.0).
 */
async function openScene(
  expiresInSeconds: number,
  running: boolean,
  reuseRevokesFamily = true,
): Promise<Scene> {
  const world = await openCodexWorld({ simulator: { reuseRevokesFamily } })
  await world.label("qa")
  if (running) await world.loginHere("qa")
  const server = running ? await startAppServer(world.codex) : null
  await world.loginHere("boss", { expiresInSeconds })
  await world.json("codex capture boss")
  return {
    ...world,
    server,
    [Symbol.asyncDispose]: async () => {
      await server?.stop()
      await world[Symbol.asyncDispose]()
    },
  }
}

/** The home's login file as it would look if nobody had touched it. */
async function untouched(world: CodexWorld): Promise<string> {
  const { ino, mtimeNs } = await stat(world.codex.authPath, { bigint: true })
  return `${ino} ${mtimeNs} ${await Bun.file(world.codex.authPath).text()}`
}

/** Makes aim believe that it saw the present pairs so much earlier for the first time. */
function sightEarlier(world: CodexWorld, ms: number): void {
  using ledger = new Database(join(world.home, ".aimgr", "ledger.db"))
  const { changes } = ledger.run("update sighting set since = since - ?", [ms])
  expect(changes).toBe(1)
}

describe("a token about to end, and a running Codex with the home open", () => {
  for (const [name, expiresInSeconds] of [
    ["less than 5 minutes left", 200],
    ["none left", -60],
  ] as const) {
    test(`${name}: blocked, exit 1, nothing posted, nothing written; after 60 s of the same pair it goes on`, async () => {
      await using world = await openScene(expiresInSeconds, true)
      const before = await untouched(world)
      for (const flags of ["--next", ""]) {
        const receipt = await world.use(flags, 1)
        expect(receipt).toMatchObject({ status: "blocked", wroteAuthJson: false })
        expect(receipt.blockers).toMatchObject([
          {
            kind: "deferred_client_refreshing",
            label: "boss",
            store: world.codex.dir,
            holders: [{ pid: world.server?.pid, command: "codex" }],
            hint: expect.stringContaining("run the command again in"),
          },
        ])
      }
      const refresh = await world.aim("refresh boss --force --json")
      expect([refresh.code, refresh.stdout]).toEqual([1, expect.stringContaining("deferred")])
      expect(await untouched(world)).toBe(before)

      sightEarlier(world, 40_000)
      expect(await world.use("--next", 1)).toMatchObject({ status: "blocked" })
      expect(await untouched(world)).toBe(before)
      expect(world.seen("token_refresh")).toEqual([])

      sightEarlier(world, 21_000)
      expect(await world.use("--next")).toMatchObject({ label: "qa", previousLabel: "boss" })
      await world.server?.stop()
      expect((await execTurn(world.codex)).answer).toBe("simulated answer for qa")
      await world.moveTo("boss")
      expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
      expect(world.seen("token_refresh")).toHaveLength(1)
      expect(world.doublePosts()).toBe(0)
    })

    test(`control: ${name} and no process: goes on at once`, async () => {
      await using world = await openScene(expiresInSeconds, false)
      expect(await world.use("--next")).toMatchObject({ label: "qa", previousLabel: "boss" })
    })
  }

  test("another pair begins the 60 s anew", async () => {
    await using world = await openScene(200, true)
    await world.use("--next", 1)
    await world.loginHere("boss", { expiresInSeconds: 100 })
    await world.use("--next", 1)
    sightEarlier(world, 59_000)
    await world.loginHere("boss", { expiresInSeconds: 150 })
    expect(await world.use("--next", 1)).toMatchObject({ status: "blocked" })
  })

  test("a pair that conflicts with the vault's is not written over either, also when the label stays", async () => {
    await using world = await openScene(3600, true)
    const stored = await world.stored("boss")
    await world.loginHere("boss", { expiresInSeconds: -60 })
    const before = await untouched(world)
    for (const flags of ["", "--next"]) {
      const { blockers } = await world.use(flags, 1)
      expect(blockers).toMatchObject([{ kind: "deferred_client_refreshing", label: "boss" }])
    }
    expect(await untouched(world)).toBe(before)
    const spent = await world.held()
    sightEarlier(world, 61_000)
    expect(await world.use()).toMatchObject({ label: "boss", wroteAuthJson: true })
    expect((await world.held()).refresh_token).toBe(stored.refresh)
    expect((await world.vault()).quarantine).toMatchObject([
      { reason: "conflict", label: "boss", credential: { refresh: spent.refresh_token } },
    ])
  })

  test("control: more than 5 minutes left: a running Codex does not hold a switch up", async () => {
    await using world = await openScene(330, true)
    expect(await world.use("--next")).toMatchObject({ status: "activated_with_warnings" })
  })
})

describe("Codex is really posting", () => {
  test("blocked until its reply is in the file; then captured, and no pair is lost", async () => {
    await using world = await openScene(200, false)
    world.sim.addFault({ path: TOKEN, kind: "hold", times: 1 })
    const turn = execTurn(world.codex)
    await world.sim.arrived(({ kind }) => kind === "token_refresh")
    const blocked = await world.use("--next", 1)
    expect(blocked.blockers).toMatchObject([{ kind: "deferred_client_refreshing" }])
    world.sim.release()
    expect((await turn).answer).toBe("simulated answer for boss")
    const rotated = await world.held()
    expect(await world.use("--next")).toMatchObject({
      label: "qa",
      captured: [{ label: "boss", store: world.codex.dir }],
    })
    expect((await world.stored("boss")).refresh).toBe(rotated.refresh_token)
    await world.moveTo("boss")
    expect((await world.aim("refresh boss --force")).code).toBe(0)
    expect((await execTurn(world.codex)).answer).toBe("simulated answer for boss")
    expect(world.doublePosts()).toBe(0)
  })

  test("for more than 60 s: aim goes on, Codex drops the reply, and that label is named as lost", async () => {
    await using world = await openScene(200, false)
    world.sim.addFault({ path: TOKEN, kind: "hold", times: 1 })
    const turn = execTurn(world.codex)
    await world.sim.arrived(({ kind }) => kind === "token_refresh")
    await world.use("--next", 1)
    sightEarlier(world, 61_000)
    const { status, label, warnings } = await world.use("--next")
    expect([status, label]).toEqual(["activated_with_warnings", "qa"])
    expect(warnings).toMatchObject([{ kind: "previous_label_in_use", label: "boss" }])
    const written = await world.auth()
    world.sim.release()
    // A Codex that is only starting takes the account that it finds in the file now.
    expect((await turn).answer).toBe("simulated answer for qa")
    expect(await world.auth()).toEqual(written)
    const refreshed = await world.aim("refresh boss --force --json")
    expect([refreshed.code, refreshed.stdout]).toEqual([
      1,
      expect.stringContaining("refresh_token_reused"),
    ])
    expect((await world.aim("account show boss")).stdout).toContain("aim login boss")
  })

  test("after a 401, which aim can't foresee: its own post is refused, and the client's pair mends that", async () => {
    await using world = await openScene(3600, false, false)
    world.sim.expire("boss", "access")
    world.sim.addFault({ path: TOKEN, kind: "hold", times: 1 })
    const turn = execTurn(world.codex)
    await world.sim.arrived(({ kind }) => kind === "token_refresh")
    const refused = await world.aim("refresh boss --force --json")
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringContaining("refresh_token_reused"),
    ])
    world.sim.release()
    await turn
    const rotated = await world.held()
    expect((await world.aim("refresh boss")).code).toBe(0)
    expect(await world.stored("boss")).toMatchObject({ refresh: rotated.refresh_token })
    expect((await world.stored("boss")).verdict).toBeUndefined()
  })
})
