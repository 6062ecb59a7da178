import { describe, expect, test } from "bun:test"
import { postsPerRefreshToken } from "../../src/simulator/request-log.ts"
import { openWorld } from "../support/world.ts"
import { inflightNotes } from "./support/end-state.ts"
import { binaryPath, cleanEnv } from "./support/run-aim.ts"
import { says } from "./support/says.ts"
import { newestToken } from "./support/token-places.ts"

const TOKEN = "/oauth/token"

describe("asked to stop while a token POST is under way", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "by %s, aim waits for the reply, keeps it, and ends with %d",
    async (signal, code) => {
      await using world = await openWorld([{ name: "boss" }])
      const { login } = await world.label("boss")
      world.sim.addFault({ kind: "hold", path: TOKEN })
      const child = Bun.spawn([binaryPath("release"), "refresh", "boss", "--force"], {
        env: { ...cleanEnv(world.home), ...world.env },
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      })
      await world.sim.arrived(({ path }) => path === TOKEN)
      child.kill(signal)
      child.kill(signal)
      const allSaid = await says(child.stderr, "waiting")
      expect(await Promise.race([child.exited, Bun.sleep(300).then(() => "waiting")])).toBe(
        "waiting",
      )
      world.sim.release()
      const ended = await child.exited
      expect(await allSaid()).toStartWith("aim: a login is being renewed: waiting")
      expect(child.signalCode ?? ended).toBe(child.signalCode === null ? code : signal)
      const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
      expect(stored).not.toBe(login.refreshToken)
      expect(stored).toBe(newestToken(world, "boss") ?? "")
      expect(await inflightNotes(world)).toEqual([])
      expect([...postsPerRefreshToken(world.sim.log()).values()]).toEqual([1])
    },
  )

  test("a shell sees the signal's own exit code", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    world.sim.addFault({ kind: "hold", path: TOKEN })
    const script =
      '"$0" refresh boss --force & trap "kill -TERM $!" USR1; wait $!; wait $!; exit $?'
    const child = Bun.spawn(["sh", "-c", script, binaryPath("release")], {
      env: { ...cleanEnv(world.home), ...world.env },
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
    })
    await world.sim.arrived(({ path }) => path === TOKEN)
    child.kill("SIGUSR1")
    await says(child.stderr, "waiting")
    world.sim.release()
    expect(await child.exited).toBe(143)
  })
})
