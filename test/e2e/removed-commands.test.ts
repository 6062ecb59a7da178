import { expect, test } from "bun:test"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld } from "../support/world.ts"

type Failed = { error: { code: string; message: string; hint: string } }

test.each([
  ["pin", "aim pin", "aim codex use"],
  ["pin main boss", "aim pin", "aim codex use"],
  ["autopin openclaw", "aim autopin", "aim codex use"],
  ["boss codex use", "aim <label> codex use", "aim codex use"],
  ["nobody codex use", "aim <label> codex use", "aim codex use"],
  ["boss pi use", "aim <label> pi use", "aim pi use"],
  ["pi use boss", "aim pi use <label>", "aim pi use"],
  ["codex use boss", "aim codex use <label>", "aim codex use"],
  ["sync hermes", "aim sync hermes", "aim refresh"],
  ["help pin", "aim pin", "aim codex use"],
])("`aim %s` is removed, and the answer says what to type", async (line, name, instead) => {
  await using world = await openWorld([{ name: "boss" }])
  await world.json("account add boss")
  const { error } = await world.json<Failed>(line, 2)
  expect(error.code).toBe("removed")
  expect(error.message).toBe(`\`${name}\` is removed`)
  expect(error.hint).toContain(`\`${instead}\``)
})

test("a label that is really named `pin` is told how it is used, and is", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await world.label("boss")
  const path = join(world.home, ".aimgr/secrets.json")
  const text = await readFile(path, "utf8")
  await writeFile(path, text.replaceAll('"boss":', '"pin":'))
  const { error } = await world.json<Failed>("pin", 2)
  expect(error.code).toBe("removed")
  expect(error.hint).toEndWith("; of the label `pin`: `aim login pin`")
  expect(((await world.json<{ how: string }>("login pin")) as { how: string }).how).toBe(
    "refreshed",
  )
  await world.json("account show pin")
})
