import { expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { expectScreen } from "../support/golden-screen.ts"
import { tempFolder } from "../support/temp-folder.ts"
import { golden, promptsScreen } from "./support/prompts-screen.ts"

test("a line is typed and edited", async () => {
  await using screen = await promptsScreen()
  await screen.run("prompts ask")
  await screen.shows("New name:")
  await screen.type("one two")
  await screen.press("C-w", "BSpace", "BSpace")
  await screen.shows(/New name: on$/)
  await screen.press("C-u")
  await screen.type("grüße")
  await screen.press("BSpace")
  await screen.shows(/New name: grüß$/)
  expect(await screen.fact("cursor_x")).toBe("14")
  await screen.press("Enter")
  await screen.shows('=> "grüß"')
})

test("an answer that will not do is said, and asked for again", async () => {
  await using screen = await promptsScreen()
  await screen.run("prompts ask")
  await screen.shows("New name:")
  await screen.type("bad")
  await screen.press("Enter")
  await expectScreen(screen, golden("ask-again"), "A name is not bad.")
  await screen.type("good")
  await screen.press("Enter")
  await screen.shows('=> "good"')
})

test("a long paste with line ends is one answer, of which the end is seen", async () => {
  await using screen = await promptsScreen({ columns: 40 })
  await screen.run("prompts ask")
  await screen.shows("New name:")
  await screen.paste(`http://127.0.0.1:1455/auth/callback?code=${"c".repeat(60)}\n&state=end\n`)
  await expectScreen(screen, golden("ask-paste"), "state=end")
  await screen.resize(60, 24)
  await screen.shows(/^New name: ….{48}$/m)
  await screen.press("Enter")
  const picture = await screen.prompt()
  expect(picture.replaceAll("\n", "")).toContain(`${"c".repeat(60)}&state=end"`)
})

test.each([
  ["Escape", "=> null"],
  ["C-d", "=> null"],
])("%s leaves the question", async (key, answer) => {
  await using screen = await promptsScreen()
  await screen.run("prompts ask")
  await screen.shows("New name:")
  await screen.press(key)
  await screen.shows(answer)
  await screen.prompt()
})

test.each([
  ["y", true],
  ["YES", true],
  ["x", false],
  ["", false],
])("a yes-or-no question answered by %p is %p", async (typed, answer) => {
  await using screen = await promptsScreen()
  await screen.run("prompts confirm")
  await screen.shows("Write it? [y/N]")
  await screen.type(typed)
  await screen.press("Enter")
  await screen.shows(`=> ${answer}`)
})

test("keys and lines are read in turn, and nothing that was typed too early is lost", async () => {
  await using screen = await promptsScreen()
  await screen.run("prompts ask line ask line choose")
  await screen.shows("New name:")
  // Read by keys at once, but only the first line is asked for by them.
  await screen.type("first\nsecond\nthird\nfourth\n2")
  const picture = await screen.prompt()
  expect(picture.match(/=> .*/g)).toEqual([
    '=> "first"',
    '=> "second"',
    '=> "third"',
    '=> "fourth"',
    '=> "Device code"',
    '=> "end"',
  ])
})

test("what is waited for is shown, and gone afterwards", async () => {
  const until = join(tempFolder("busy"), "until")
  await using screen = await promptsScreen({ env: { BUSY_UNTIL: until } })
  await screen.run("prompts busy")
  const seconds = (picture: string) =>
    Number(/^. Waiting for the issuer \((\d+) s of at most 60 s\)$/m.exec(picture)?.[1] ?? 0)
  const before = seconds(await screen.shows((picture) => seconds(picture) > 0))
  await screen.shows((picture) => seconds(picture) > before)
  writeFileSync(until, "")
  const picture = await screen.prompt()
  expect(picture).not.toContain("Waiting")
  expect(picture).toContain('=> "done"')
})
