import { describe, expect, test } from "bun:test"
import { aimScreen } from "../support/aim-screen.ts"
import { walkingBrowser } from "../support/walking-browser.ts"
import type { World } from "../support/world.ts"
import { COUNTED, leftOn } from "./support/countdown.ts"
import { BOUND, MANUAL, worldWith } from "./support/label-world.ts"

const SIZE = { columns: 140, rows: 70 }
/** A menu that is drawn after what was logged in. */
const MENU_AFTER = /boss is ready: logged in(.*\n)*Status: ready(.*\n)*.*Esc leaves\./

async function expectLoggedIn(world: World): Promise<void> {
  const stored = (await world.vault()).credentials["openai-codex"]?.boss?.refresh
  expect(world.sim.liveRefreshTokens("boss")).toEqual([String(stored)])
}

describe("a whole login inside of the panel", () => {
  test("by a code that is typed on another device, counted down meanwhile", async () => {
    await using world = await worldWith(MANUAL, "none")
    world.sim.revoke("boss")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("clear; aim boss")
    await screen.shows("Esc leaves.")
    await screen.press("u")
    const picture = await screen.shows(COUNTED)
    const first = leftOn(picture)
    expect(first).toBeWithin(800, 901)
    await screen.shows((seen) => leftOn(seen) < first - 1)
    const code = /SIM-\w+/.exec(picture)?.[0] ?? ""
    expect(world.sim.allowDevice(code, "boss")).toBe(true)
    expect(await screen.shows(MENU_AFTER)).not.toMatch(COUNTED)
    await expectLoggedIn(world)
    await screen.press("0")
    await screen.prompt()
  })

  test("in the browser that really opens, with nothing typed", async () => {
    await using world = await worldWith(BOUND, "none")
    world.sim.revoke("boss")
    const { PATH } = await walkingBrowser(world)
    world.sim.signIn("boss")
    await using screen = await aimScreen(world, SIZE)
    await screen.run(`clear; PATH=${PATH}:$PATH; aim boss`)
    await screen.shows("Esc leaves.")
    await screen.press("1")
    const picture = await screen.shows(MENU_AFTER)
    expect(picture).toContain("It is open in the browser of `boss` (chromium).")
    expect(picture).not.toMatch(COUNTED)
    await expectLoggedIn(world)
    expect((await world.vault()).accounts.boss).toMatchObject({
      browser: { verifiedAt: expect.any(String) },
    })
    await screen.press("0")
    await screen.prompt()
  })

  test("and Esc leaves the login, not the panel", async () => {
    await using world = await worldWith(MANUAL, "none")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("clear; aim boss")
    await screen.shows("Esc leaves.")
    for (const key of ["1", "u"]) {
      await screen.press(key)
      await screen.shows(COUNTED)
      await screen.press("Escape")
      await screen.shows((seen) => !COUNTED.test(seen) && seen.endsWith("Esc leaves."))
    }
    expect(await screen.picture()).toContain("the login was left before its end")
    await screen.press("0")
    await screen.prompt()
  })

  test("another aim that takes the label away meanwhile is told of, and not undone", async () => {
    await using world = await worldWith(MANUAL, "none")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("clear; aim boss; echo code $?")
    await screen.shows("Esc leaves.")
    await screen.press("u")
    const picture = await screen.shows(COUNTED)
    await world.json("account remove boss --yes")
    const { accounts } = await world.vault()
    world.sim.allowDevice(/SIM-\w+/.exec(picture)?.[0] ?? "", "boss")
    expect(await screen.shows("code 1")).toContain("removed or renamed `boss` while")
    expect((await world.vault()).accounts).toEqual(accounts)
  })
})
