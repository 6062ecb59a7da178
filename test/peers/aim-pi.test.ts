import { describe, expect, test } from "bun:test"
import { piHome, piRefreshToken, readPi, writePi } from "../support/pi-home.ts"
import { OLD_PI, openPiWorld, PI, type PiWorld, piSession } from "../support/real-pi.ts"

const BOTH = [PI, OLD_PI].map((pi) => [pi.version, pi] as const)

/** Two labels, `boss` the one with the better pace, and a Pi without a login. */
async function labelled(): Promise<PiWorld> {
  const world = await openPiWorld()
  await world.label("boss")
  await world.label("qa")
  return world
}

const ANSWER = (name: string) => `simulated answer for ${name}`

describe("what `aim pi use` writes", () => {
  test("is a login to Pi's own judges", async () => {
    await using world = await labelled()
    const { activated } = await world.json("pi use")
    const check = ["auth", "check", "--provider", "openai-codex", "--json", "--no-refresh"]
    const checked = await world.run(PI, check)
    expect(JSON.parse(checked.stdout)).toEqual({
      status: "ready",
      provider: "openai-codex",
      authType: "oauth",
    })
    const printed = await world.run(PI, [
      "auth",
      "print-bearer-token",
      "--provider",
      "openai-codex",
    ])
    const label = String(activated.receipt.label)
    const stored = (await world.vault()).credentials["openai-codex"]?.[label]
    expect(printed.stdout.trim()).toBe(stored?.access ?? "none")
    expect(world.seen("token_refresh")).toEqual([])
  })

  test.each(BOTH)("serves a whole turn of Pi %s, and the next after a switch", async (_, pi) => {
    await using world = await labelled()
    for (const args of ["pi use", "pi use --next"]) {
      const { activated } = await world.json(args)
      const turn = await world.turn(pi)
      expect(turn.stdout.trim(), turn.stderr).toBe(ANSWER(String(activated.receipt.label)))
    }
    expect(world.seen("turn").map(({ bearerAccount }) => bearerAccount)).toHaveLength(2)
    expect((await world.json("pi use")).activated.status).toBe("noop")
  })

  test.each([
    ["is taken up by a running Pi 1.5.2 at its next request", PI, true],
    ["is not by a running Pi 0.73.1, which keeps what it has read", OLD_PI, false],
  ] as const)("%s", async (_, pi, rereads) => {
    await using world = await labelled()
    const first = String((await world.json("pi use")).activated.receipt.label)
    await using session = piSession(world, pi)
    expect(await session.ask("one")).toBe(ANSWER(first))
    const second = String((await world.json("pi use --next")).activated.receipt.label)
    expect(second).not.toBe(first)
    const now = rereads ? second : first
    expect(await session.ask("two")).toBe(ANSWER(now))
    expect(await session.ask("three")).toBe(ANSWER(now))
    expect((await world.turn(pi)).stdout.trim()).toBe(ANSWER(second))
    const turns = world.seen("turn").map(({ bearerAccount }) => bearerAccount)
    expect(turns).toEqual([first, now, now, second])
  })
})

describe("what Pi renews", () => {
  test.each(BOTH)("in a turn of Pi %s is taken in, and reaches the Codex home", async (_, pi) => {
    await using world = await labelled()
    const label = String((await world.json("pi use")).activated.receipt.label)
    await world.json("codex use")
    const dir = piHome(world.home)
    const file = await readPi(dir)
    const entry = { ...file["openai-codex"], expires: Date.now() - 60_000, note: "mine" }
    const other = { type: "api_key", key: "AIMCANARY-other" }
    await writePi(dir, JSON.stringify({ other, ...file, "openai-codex": entry }))
    const before = await piRefreshToken(dir)
    const turn = await world.turn(pi)
    expect(turn.stdout.trim(), turn.stderr).toBe(ANSWER(label))
    const renewed = await piRefreshToken(dir)
    expect(renewed).not.toBe(before)
    const { activated } = await world.json("pi use")
    expect(activated.receipt.captured).toMatchObject([{ label, reason: "newer_pair" }])
    const stored = (await world.vault()).credentials["openai-codex"]?.[label]
    expect(stored?.refresh).toBe(renewed)
    expect(stored?.idToken).not.toBe(stored?.access ?? "")
    expect((await world.auth()).tokens.refresh_token).toBe(renewed)
    expect((await readPi(dir)).other).toEqual(other)
    expect(world.doublePosts()).toBe(0)
  })

  test("its own login is adopted, and renewed by aim it serves Pi again", async () => {
    await using world = await openPiWorld([{ name: "boss" }])
    const login = world.sim.mintLogin("boss")
    await writePi(piHome(world.home), {
      "openai-codex": {
        type: "oauth",
        access: login.accessToken,
        refresh: login.refreshToken,
        expires: login.expiresAt,
      },
    })
    await world.json("pi capture boss")
    await world.json("refresh boss --force")
    const turn = await world.turn(PI)
    expect(turn.stdout.trim(), turn.stderr).toBe(ANSWER("boss"))
    expect(world.seen("token_refresh")).toHaveLength(1)
    expect(world.doublePosts()).toBe(0)
  })
})
