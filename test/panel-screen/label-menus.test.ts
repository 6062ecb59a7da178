import { describe, test } from "bun:test"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen } from "../support/golden-screen.ts"
import { BOUND, golden, MANUAL, worldWith, worldWithImported } from "./support/label-world.ts"

const BLOCKED = { blockedReason: "identity_mismatch" }

describe("the menu of a label", () => {
  test.each([
    ["setup", {}, "none"],
    ["setup-without-its-browser", { reauth: { mode: "browser-managed" } }, "none"],
    ["ready", {}, "alive"],
    ["ready-bound", BOUND, "alive"],
    ["ready-disabled", { ...MANUAL, pool: { enabled: false } }, "alive"],
    ["reauth", MANUAL, "none"],
    ["reauth-bound", BOUND, "none"],
    ["blocked", { reauth: BLOCKED }, "alive"],
    ["blocked-bound", { ...BOUND, reauth: { mode: "browser-managed", ...BLOCKED } }, "alive"],
    ["claude", { provider: "anthropic" }, "none"],
  ] as const)("%s", async (name, change, login) => {
    await using world = await worldWith(change, login)
    await using screen = await aimScreen(world, { columns: 140, rows: 40 })
    await screen.run("aim boss; echo code $?")
    await expectScreen(screen, ...golden(world, name))
    await screen.press("0")
    await screen.shows("code 0")
  })

  test.each([
    ["ready-narrow", { columns: 30, rows: 60 }],
    ["ready-low", { columns: 80, rows: 14 }],
  ])("in a small terminal: %s", async (name, size) => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, size)
    await screen.run("aim boss")
    await expectScreen(screen, ...golden(world, name, "Status: ready"))
  })

  test("drawn anew when the terminal is made narrower and wider", async () => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, { columns: 80, rows: 40 })
    await screen.run("aim boss")
    await screen.shows("Esc leaves.")
    await screen.press("Down")
    await screen.shows("❯ 2")
    await screen.resize(44, 40)
    await expectScreen(screen, ...golden(world, "ready-resized", /❯ 2 .*/))
    await screen.resize(80, 40)
    await screen.shows("login if that can succeed; else somebody logs in")
    await screen.press("Escape")
    await screen.prompt()
  })

  test("printed, and answered by a line, where the cursor can't be moved", async () => {
    await using world = await worldWith(MANUAL, "none")
    await using screen = await aimScreen(world, { columns: 80, rows: 60 })
    await screen.run("TERM=dumb aim boss; echo code $?")
    await screen.shows("leaves):")
    await screen.run("take")
    await screen.shows((seen) => seen.split("leaves):").length === 3)
    await screen.run("done")
    await expectScreen(screen, ...golden(world, "dumb-label", "code 0"))
  })

  test("of a label that came from an authority and has changed here since", async () => {
    await using world = await worldWithImported()
    await using screen = await aimScreen(world, { columns: 140, rows: 40 })
    await screen.run("aim boss; echo code $?")
    await expectScreen(screen, ...golden(world, "imported-changed"))
    await screen.press("h")
    await screen.press("Enter")
    await screen.shows("boss promoted to")
    await screen.press("0")
    await screen.shows("code 0")
  })
})
