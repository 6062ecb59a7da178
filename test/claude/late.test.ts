import { expect, test } from "bun:test"
import { rmdir } from "node:fs/promises"
import { join } from "node:path"
import { binaryPath, cleanEnv } from "../e2e/support/run-aim.ts"
import { openClaudeWorld } from "../support/claude-world.ts"

test("an aim that slept through its post while Claude took the locks over logs Claude in again", async () => {
  await using world = await openClaudeWorld()
  const { sim, home } = world
  await world.claudeLabel("a")
  await world.use("a")
  sim.expire("a", "access")
  sim.addFault({ kind: "hold", path: "/v1/oauth/token", times: 1 })
  const aim = Bun.spawn([binaryPath("release"), "refresh", "a", "--force", "--json"], {
    env: { ...cleanEnv(home), ...world.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  })
  await sim.arrived(({ kind }) => kind === "token_refresh")
  aim.kill("SIGSTOP")
  // What Claude does with locks that nobody has touched for a minute.
  for (const lock of [join(home, ".claude", ".oauth_refresh.lock"), join(home, ".claude.lock")])
    await rmdir(lock)
  sim.release()
  const turn = await world.turn()
  aim.kill("SIGCONT")
  await Promise.all([new Response(aim.stdout).text(), aim.exited])
  // Claude posted the spent pair and emptied its store.
  expect(turn).toMatchObject({ rc: 1 })
  const { refresh } = await world.stored("a")
  expect(sim.liveRefreshTokens("a")).toEqual([refresh])
  expect((await world.claudeHeld()).claudeAiOauth.refreshToken).toBe(refresh)
  expect(await world.turn()).toMatchObject({ rc: 0, stdout: "FAKE-REPLY for a\n" })
})
