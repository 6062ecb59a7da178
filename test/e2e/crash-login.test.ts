import { expect, test } from "bun:test"
import { killedEverywhere } from "./support/kill-login.ts"

const LOGIN = "login boss --provider openai-codex --device-code --json"

test("a login of a new label, killed at every step", async () => {
  const { kills, lost } = await killedEverywhere(LOGIN, async (world) => {
    world.sim.typeDevices("boss")
    await world.json("account list")
    return {}
  })
  expect(kills).toBeGreaterThan(15)
  expect(lost).toBeLessThanOrEqual(4)
}, 600_000)

test("a login that mends a dead label, killed at every step", async () => {
  const { kills } = await killedEverywhere(LOGIN, async (world) => {
    world.sim.typeDevices("boss")
    await world.label("boss")
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
    return {}
  })
  expect(kills).toBeGreaterThan(15)
}, 600_000)
