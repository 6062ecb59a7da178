import { expect, test } from "bun:test"
import { allowed } from "../e2e/support/login-run.ts"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen } from "../support/golden-screen.ts"
import { PROMPT, type Screen } from "../support/screen.ts"
import { openWorld } from "../support/world.ts"
import { COUNTED, leftOn } from "./support/countdown.ts"
import { golden } from "./support/prompts-screen.ts"

const LOGIN = "clear; aim login boss --provider openai-codex"

/** The page's address, over as many lines as it takes. */
async function pageOn(screen: Screen): Promise<string> {
  const picture = await screen.shows(COUNTED)
  const text = picture.slice(picture.indexOf("http://")).replaceAll("\n", "")
  return /^http:\/\/\S+?\/oauth\/authorize\?\S+?(?=(It is |Waiting|Then ))/.exec(text)?.[0] ?? ""
}

test("the time that is left is counted down while an address is typed, pasted and mended", async () => {
  await using world = await openWorld([{ name: "boss" }])
  world.sim.signIn("boss")
  await using screen = await aimScreen(world, { columns: 100, rows: 40 })
  await screen.run(`${LOGIN} --manual`)
  const back = await allowed(await pageOn(screen))
  const first = leftOn(await screen.shows(COUNTED))
  expect(first).toBeWithin(500, 601)
  await screen.type("what")
  const later = await screen.shows((picture) => leftOn(picture) < first - 1)
  expect(later).toMatch(/ left > what$/m)
  await screen.press("C-u")
  await screen.type("what?")
  await screen.press("Enter")
  await screen.shows("no address of a finished login")
  await screen.changes()
  await screen.resize(60, 40)
  await screen.paste(back)
  await screen.shows(/ left > ….{20,}$/m)
  await screen.press("Enter")
  const picture = await screen.prompt()
  expect(picture).toContain("boss")
  expect(picture).not.toMatch(/ left/)
  expect((await world.vault()).credentials["openai-codex"]?.boss?.refresh).toBe(
    String(world.sim.liveRefreshTokens("boss")[0]),
  )
})

test("a paste that ends its line needs no Enter", async () => {
  await using world = await openWorld([{ name: "boss" }])
  world.sim.signIn("boss")
  await using screen = await aimScreen(world, { columns: 100, rows: 40 })
  await screen.run(`${LOGIN} --manual`)
  await screen.paste(`${await allowed(await pageOn(screen))}\n`)
  await screen.prompt()
  expect(world.sim.liveRefreshTokens("boss")).toHaveLength(1)
})

test("the browser's return ends the countdown, and what was half typed is gone with it", async () => {
  await using world = await openWorld([{ name: "boss" }])
  world.sim.signIn("boss")
  await using screen = await aimScreen(world, { columns: 100, rows: 40 })
  await screen.run(LOGIN)
  const back = await allowed(await pageOn(screen))
  await screen.type("half")
  await screen.shows(/left > half$/m)
  expect((await fetch(back)).status).toBe(200)
  expect(await screen.prompt()).not.toContain("half")
})

test.each([
  ["Escape", "1", "the login was left"],
  ["C-c", "130", " left >"],
])("%s leaves the login with code %s", async (key, code, said) => {
  for (const lane of ["--manual", "--device-code"]) {
    await using world = await openWorld([{ name: "boss" }])
    await using screen = await aimScreen(world, { columns: 100, rows: 40 })
    await screen.run(`${LOGIN} ${lane}`)
    await screen.shows(COUNTED)
    await screen.press(key)
    expect(await screen.prompt()).toContain(said)
    await screen.run("echo code $?")
    await screen.shows(`code ${code}`)
  }
})

test("ctrl-Z stops it, and fg counts on", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await using screen = await aimScreen(world, { columns: 100, rows: 40 })
  await screen.run(`${LOGIN} --manual`)
  await screen.shows(COUNTED)
  await screen.press("C-z")
  await screen.shows("Stopped")
  await screen.prompt()
  await screen.run("clear; fg")
  await screen.shows((picture) => COUNTED.test(picture) && !picture.includes(PROMPT))
  await screen.type("x")
  await screen.shows(/left > x$/m)
})

test("a device code is shown with a QR code, and counted down from 15 minutes", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await using screen = await aimScreen(world, { env: { NO_COLOR: "1" }, rows: 40 })
  await screen.run(`${LOGIN} --device-code --qr`)
  const picture = await screen.shows(COUNTED)
  expect(leftOn(picture)).toBeWithin(800, 901)
  const code = /SIM-\w+/.exec(picture)?.[0] ?? ""
  await expectScreen(screen, golden("login-device-qr"), COUNTED, [
    [/\d+:\d\d left/, "MM:SS left"],
    [code, "SIM-CODE"],
    [/http:\S+/g, "URL"],
    [/^.*[█▀▄].*$/gm, "QR"],
  ])
  expect(world.sim.allowDevice(code, "boss")).toBe(true)
  await screen.prompt()
  expect(world.sim.liveRefreshTokens("boss")).toHaveLength(1)
})

test("a terminal that can't move its cursor is told the limit once, and reads a line", async () => {
  await using world = await openWorld([{ name: "boss" }])
  world.sim.signIn("boss")
  await using screen = await aimScreen(world, { columns: 100, rows: 40 })
  await screen.run(`export TERM=dumb; ${LOGIN} --manual`)
  const picture = await screen.shows("ctrl-C cancels")
  expect(picture).not.toContain(" left")
  const url = /http:\/\/[\s\S]*(?=\n\nThen)/.exec(picture)?.[0]?.replaceAll("\n", "") ?? ""
  await screen.type(await allowed(url))
  await screen.press("Enter")
  await screen.prompt()
  expect(world.sim.liveRefreshTokens("boss")).toHaveLength(1)
})
