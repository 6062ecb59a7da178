import { expect, test } from "bun:test"
import { MINUTE } from "../../src/system/time.ts"
import { openWorld } from "../support/world.ts"

type Shown = { warnings: { kind: string }[] }

test("status warns of a clock that is far off the issuer's, and no longer when it is right", async () => {
  let lead = 20 * MINUTE
  await using world = await openWorld([{ name: "boss" }], { clock: () => Date.now() + lead })
  await world.label("boss", { expiresInSeconds: 86_400 })
  const warning = { kind: "clock_off", provider: "openai-codex", minutes: -20 }
  const shown = async () => (await world.json<Shown>("status --live")).warnings
  expect(await shown()).toContainEqual(expect.objectContaining(warning))
  expect((await world.aim("status --cached")).stdout).toContain("clock is 20 minutes behind")
  lead = 0
  expect(await shown()).not.toContainEqual(expect.objectContaining({ kind: "clock_off" }))
})

test("a watch tells it in each receipt, and says it when it is news", async () => {
  await using world = await openWorld([{ name: "boss" }], {
    clock: () => Date.now() - 30 * MINUTE,
  })
  await world.label("boss", { expiresInSeconds: 86_400 })
  await world.aim("codex use")
  const ticks = [1, 2].map(() => world.aim)
  const said: string[] = []
  for (const aim of ticks) {
    const { stderr, json } = await aim("codex watch --once --json")
    expect(json()).toMatchObject({
      watched: { receipt: { warnings: [{ kind: "clock_off", minutes: 30 }] } },
    })
    said.push(stderr)
  }
  expect(said.map((text) => text.includes("clock is 30 minutes ahead"))).toEqual([true, false])
})
