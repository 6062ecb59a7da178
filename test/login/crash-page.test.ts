import { expect, test } from "bun:test"
import { killedEverywhere } from "../e2e/support/kill-login.ts"
import { walkingBrowser } from "../support/walking-browser.ts"

const LOGIN = "login boss --json"

test("a first login by the page in the bound browser, killed at every step", async () => {
  const { kills, lost } = await killedEverywhere(LOGIN, async (world) => {
    world.sim.signIn("boss")
    await world.json("browser set boss --mode aim-profile")
    return await walkingBrowser(world)
  })
  expect(kills).toBeGreaterThan(15)
  expect(lost).toBeLessThanOrEqual(4)
}, 600_000)

test("a login by the page that mends a dead label, killed at every step", async () => {
  const { kills } = await killedEverywhere(LOGIN, async (world) => {
    world.sim.signIn("boss")
    await world.label("boss")
    await world.json("browser set boss --mode aim-profile")
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
    return await walkingBrowser(world)
  })
  expect(kills).toBeGreaterThan(15)
}, 600_000)
