import { describe, expect, test } from "bun:test"
import { CANARY } from "../../src/simulator/tokens.ts"
import { allowed } from "../e2e/support/login-run.ts"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen } from "../support/golden-screen.ts"
import type { Screen } from "../support/screen.ts"
import { golden, MANUAL, worldWith } from "./support/label-world.ts"

/** Wide enough for the page's address, whole. */
const WIDE = { columns: 700, rows: 60 }
const PAGE = /http:\S+\/oauth\/authorize\?\S+/

async function pageOn(screen: Screen): Promise<string> {
  const picture = await screen.shows(PAGE)
  return PAGE.exec(picture)?.[0] ?? ""
}

describe("logging in inside of the panel", () => {
  test("shows the page, takes what is pasted at any moment, and goes on with the menu", async () => {
    await using world = await worldWith(MANUAL, "none")
    await using screen = await aimScreen(world, WIDE)
    world.sim.signIn("boss")
    await screen.run("aim boss")
    await screen.shows("Esc leaves.")
    await screen.press("1")
    const page = await pageOn(screen)
    await screen.shows("ctrl-C cancels")
    await screen.paste("http://127.0.0.1:1455/auth/callback")
    await screen.press("Enter")
    await screen.shows("That is no address of a finished login.")
    const callback = await allowed(page)
    await screen.paste(callback)
    await screen.press("Enter")
    const ids: [RegExp, string][] = [
      [/(user|workspace) [\w-]+/g, "$1 ID"],
      [/code=\S+/g, "CODE"],
    ]
    const mask: [string | RegExp, string][] = [[page, "PAGE"], ...ids]
    await expectScreen(screen, ...golden(world, "logged-in", "Status: ready", mask))
    // The terminal shows what the person has pasted; aim shows no token.
    const picture = (await screen.picture()).replaceAll(callback, "")
    expect(picture).not.toContain(CANARY)
    expect(picture).not.toMatch(/eyJ/)
    await screen.press("0")
    await screen.prompt()
    expect((await world.json<{ account: unknown }>("account show boss")).account).toMatchObject({
      readiness: { status: "ready" },
    })
  })

  test("the menu's keys work after a line was pasted, and the terminal is as it was", async () => {
    await using world = await worldWith(MANUAL, "none")
    await using screen = await aimScreen(world, WIDE)
    await screen.run("stty -a > before; aim boss; stty -a > after; cmp before after && echo same")
    await screen.shows("Esc leaves.")
    world.sim.signIn("boss")
    await screen.press("1")
    const page = await pageOn(screen)
    await screen.paste(await allowed(page))
    await screen.press("Enter")
    await screen.shows(/Status: ready(.*\n)*.*Esc leaves\./)
    await screen.press("Down", "Down", "s")
    await screen.shows("account id")
    await screen.shows((seen) => seen.split("Esc leaves.").length === 2)
    await screen.press("Escape")
    await screen.shows("same")
  })

  test("ctrl-C cancels by its signal; nothing is changed", async () => {
    await using world = await worldWith(MANUAL, "none")
    await using screen = await aimScreen(world, WIDE)
    await screen.run("stty -a > before; aim boss")
    await screen.shows("Esc leaves.")
    const { accounts: _attempt, ...before } = await world.vault()
    await screen.press("1")
    await screen.shows("ctrl-C cancels")
    await screen.press("C-c")
    await screen.prompt()
    await screen.run("echo code $?; stty -a | cmp - before && echo same")
    await screen.shows(/code 130\n(.*\n)*same/)
    const { accounts: _later, ...after } = await world.vault()
    expect(after).toEqual(before)
  })

  test("a refresh that is slow shows what is waited for, and how long that may take", async () => {
    await using world = await worldWith({}, "alive")
    world.sim.addFault({ path: "/oauth/token", kind: "hold" })
    await using screen = await aimScreen(world, { columns: 100, rows: 60 })
    await screen.run("aim boss")
    await screen.shows("Esc leaves.")
    await screen.press("1")
    await screen.shows(/the login to be renewed.*60 s|the login to be renewed.*minute/)
    await world.sim.arrived(({ kind }) => kind === "token_refresh")
    world.sim.release()
    await screen.shows("boss is ready: its login was renewed, nobody had to log in")
  })
})
