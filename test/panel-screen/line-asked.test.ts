import { expect, test } from "bun:test"
import { aimScreen } from "../support/aim-screen.ts"
import { openWorld } from "../support/world.ts"

test("a question of yes or no is a line that is typed, and ctrl-C leaves it by its signal", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  await using screen = await aimScreen(world)
  await screen.run("aim account remove boss")
  await screen.shows("[y/N]")
  await screen.press("C-c")
  await screen.prompt()
  await screen.run("echo code $?")
  await screen.shows("code 130")
  await screen.run("aim account remove boss")
  await screen.shows((picture) => picture.split("[y/N]").length === 3)
  await screen.type("y")
  await screen.press("Enter")
  await screen.prompt()
  expect((await world.vault()).accounts).toEqual({})
})
