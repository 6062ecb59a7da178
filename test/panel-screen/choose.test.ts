import { describe, expect, test } from "bun:test"
import { expectScreen } from "../support/golden-screen.ts"
import { golden, promptsScreen } from "./support/prompts-screen.ts"

const HINT = "Esc leaves."

describe("a menu", () => {
  test("looks like this, and an arrow moves the mark", async () => {
    await using screen = await promptsScreen()
    await screen.run("prompts choose")
    await expectScreen(screen, golden("menu"), HINT)
    await screen.press("Down", "Down", "Up", "Down")
    await expectScreen(screen, golden("menu-third"), "❯ 3")
    await screen.press("Enter")
    await screen.prompt()
    await expectScreen(screen, golden("menu-chosen"), '=> "Details"')
  })

  test.each([
    [["2"], '=> "Device code"'],
    [["0"], '=> "Leave"'],
    [["r"], '=> "Rename"'],
    [["d", "d", "Enter"], '=> "Details"'],
    [["Up", "Enter"], '=> "Leave"'],
    [["Escape"], "=> null"],
    [["C-d"], "=> null"],
  ])("%p gives %s", async (keys, answer) => {
    await using screen = await promptsScreen()
    await screen.run("prompts choose")
    await screen.shows(HINT)
    await screen.press(...keys)
    const picture = await screen.prompt()
    expect(picture).toContain(answer)
    expect(picture).toContain('=> "end"')
  })

  test("says that a key is none of the choices, and asks again", async () => {
    await using screen = await promptsScreen()
    await screen.run("prompts choose")
    await screen.shows(HINT)
    await screen.press("Down", "7")
    await expectScreen(screen, golden("menu-wrong-key"), "`7` is none of the choices.")
    await screen.press("Enter")
    await screen.shows('=> "Device code"')
  })

  test("takes no letter of a paste for a choice", async () => {
    await using screen = await promptsScreen()
    await screen.run("prompts choose")
    await screen.shows(HINT)
    await screen.paste("1\n2\n")
    await screen.shows("a paste is none of the choices")
    await screen.press("3")
    await screen.shows('=> "Details"')
  })

  test("is drawn anew when the screen becomes narrow, wide and low, and what is above stays", async () => {
    await using screen = await promptsScreen({ rows: 30 })
    await screen.run("prompts line choose")
    await screen.type("above")
    await screen.press("Enter")
    await screen.shows(HINT)
    await screen.resize(30, 30)
    await expectScreen(screen, golden("menu-narrow"), /arrows and Enter; Esc leaves\.$/)
    await screen.resize(100, 30)
    await expectScreen(
      screen,
      golden("menu-wide"),
      /letter, or the arrows and Enter; Esc leaves\.$/,
    )
    expect(await screen.everything()).toContain('=> "above"')
  })

  test("with more choices than rows shows those around the mark", async () => {
    await using screen = await promptsScreen({ rows: 12 })
    await screen.run("prompts many")
    await screen.shows(HINT)
    await screen.press("Up")
    await expectScreen(screen, golden("many-last"), "❯ 30")
    await screen.press("1", "5")
    await screen.shows('=> "Profile 15"')
  })

  test("has no mark beyond ASCII in another locale", async () => {
    await using plain = await promptsScreen({ env: { LANG: "C", LC_ALL: "C" } })
    await plain.run("prompts choose")
    await expectScreen(plain, golden("menu-ascii"), HINT)
  })
})

describe("on a terminal that can't move its cursor", () => {
  test("the menu is printed, and a line is typed", async () => {
    await using screen = await promptsScreen()
    await screen.run("export TERM=dumb; prompts choose ask confirm busy")
    await screen.shows("ctrl-D leaves")
    await screen.type("9")
    await screen.press("Enter")
    await screen.shows("none of the choices")
    await screen.type("dev")
    await screen.press("Enter")
    await screen.shows("New name:")
    await screen.type("bad")
    await screen.press("Enter")
    await screen.shows("A name is not bad.")
    await screen.type("good")
    await screen.press("Enter")
    await screen.shows("[y/N]")
    await screen.type("y")
    await screen.press("Enter")
    await screen.prompt()
    await expectScreen(screen, golden("dumb"), '=> "end"')
  })

  test("ctrl-D leaves, and so does Esc with Enter", async () => {
    await using screen = await promptsScreen()
    await screen.run("export TERM=dumb; prompts choose")
    await screen.shows("ctrl-D leaves")
    await screen.press("C-d")
    await screen.shows("=> null")
    await screen.prompt()
    await screen.run("clear; prompts choose")
    await screen.shows("ctrl-D leaves")
    await screen.press("Escape", "Enter")
    await screen.shows("=> null")
  })
})
