import { describe, expect, test } from "bun:test"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { CANARY } from "../../src/simulator/tokens.ts"
import { binaryPath } from "../e2e/support/run-aim.ts"
import { aimScreen } from "../support/aim-screen.ts"
import { expectScreen } from "../support/golden-screen.ts"
import { BOUND, golden, MANUAL, worldWith } from "./support/label-world.ts"

const SIZE = { columns: 140, rows: 90 }

describe("another aim beside the panel", () => {
  test("changes the label between two rounds: the panel shows it, and does not undo it", async () => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("aim boss")
    await screen.shows("Esc leaves.")
    await world.json("account disable boss")
    await world.json("account expect boss --email boss@example.test")
    await screen.press("s")
    await screen.shows("Status: ready, taken out of the pool")
    await screen.shows("Expected: boss@example.test")
    await screen.press("c")
    await screen.shows("How are the pages of boss to be opened?")
    await world.json("account add nightly")
    await screen.press("o")
    await screen.shows("Save it?")
    await screen.run("y")
    await screen.shows("boss: aim-profile, from now on")
    await screen.press("0")
    await screen.prompt()
    const { accounts } = await world.vault()
    expect(Object.keys(accounts).toSorted()).toEqual(["boss", "nightly"])
    expect(accounts.boss).toMatchObject({
      pool: { enabled: false },
      expect: { email: "boss@example.test" },
      browser: { mode: "aim-profile" },
    })
  })

  test.each(["account remove boss --yes", "account rename boss chief --yes"])(
    "takes the label away (%s): the panel says so, and ends",
    async (command) => {
      await using world = await worldWith(MANUAL, "alive")
      await using screen = await aimScreen(world, SIZE)
      await screen.run("aim boss; echo code $?")
      await screen.shows("Esc leaves.")
      await world.json(command)
      const { accounts } = await world.vault()
      await screen.press("1")
      const picture = await screen.shows("code 1")
      expect(picture).toContain("error: `boss` is no longer there")
      expect((await world.vault()).accounts).toEqual(accounts)
    },
  )
})

describe("a new label", () => {
  test.each([
    ["", "\n\nnightly · openai-codex", "openai-codex"],
    ["codex", "\n\nnightly · openai-codex", "openai-codex"],
    ["2", "\n\nnightly · anthropic", "anthropic"],
    ["claude", "\n\nnightly · anthropic", "anthropic"],
  ])(
    "is made after a question, with a provider by the word `%s`",
    async (word, header, provider) => {
      await using world = await worldWith(MANUAL, "alive")
      await using screen = await aimScreen(world, SIZE)
      await screen.run("aim nightly")
      await screen.shows("Make a new label `nightly`? [y/N]")
      await screen.run("y")
      await screen.shows("2 anthropic")
      await screen.run(word)
      await screen.shows(header)
      await screen.press("0")
      await screen.prompt()
      expect((await world.vault()).accounts.nightly).toMatchObject({ provider })
    },
  )

  test("is not made after a no; the nearest command is named", async () => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("aim stauts; echo code $?")
    await screen.shows("[y/N]")
    await screen.run("n")
    await expectScreen(screen, ...golden(world, "new-label-no", "code 2"))
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
  })

  test.each(["Escape", "C-c"])("is not made where its provider is not said (%s)", async (key) => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("aim nightly")
    await screen.shows("[y/N]")
    await screen.run("y")
    await screen.shows("Provider (empty: 1):")
    await screen.press(key)
    await screen.prompt()
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
  })
})

describe("entries", () => {
  test("a found profile shows its exact folders and asks before it is saved", async () => {
    await using world = await worldWith(MANUAL, "alive")
    const dir = join(world.home, ".config/chromium")
    await mkdir(join(dir, "Profile 1"), { recursive: true })
    const cache = { "Profile 1": { name: "Boss", user_name: "boss@example.test" } }
    await writeFile(join(dir, "Local State"), JSON.stringify({ profile: { info_cache: cache } }))
    await using screen = await aimScreen(world, SIZE)
    await screen.run("clear; aim boss")
    await screen.shows("Esc leaves.")
    const before = await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")
    await screen.press("c")
    await screen.shows("How are the pages")
    await screen.press("3")
    await screen.shows("Chromium: boss@example.test")
    await screen.press("1")
    await expectScreen(screen, ...golden(world, "found-profile", "Save it? [y/N]"))
    expect(await readFile(join(world.home, ".aimgr/secrets.json"), "utf8")).toBe(before)
    await screen.run("y")
    await screen.shows("boss: chrome-profile, from now on")
    expect((await world.vault()).accounts.boss?.browser).toMatchObject({ userDataDir: dir })
  })

  test("show details prints no token", async () => {
    await using world = await worldWith(BOUND, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("aim boss")
    await screen.shows("Esc leaves.")
    await screen.press("s")
    const picture = await screen.shows(/^account id .*(\n.*)*Esc leaves\./m)
    expect(picture).not.toContain(CANARY)
    expect(picture).not.toMatch(/eyJ/)
  })

  test("renaming goes on under the new name", async () => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("aim boss")
    await screen.shows("Esc leaves.")
    await screen.press("r")
    await screen.shows("The new name of boss:")
    await screen.run("chief")
    await screen.shows("rename `boss` to `chief`? [y/N]")
    await screen.run("y")
    await screen.shows("chief · openai-codex")
    expect(Object.keys((await world.vault()).accounts)).toEqual(["chief"])
  })

  test("its browser that can't be opened is a word, and no end", async () => {
    await using world = await worldWith(BOUND, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run(`PATH=${dirname(binaryPath("release"))} aim boss`)
    await screen.shows("Esc leaves.")
    await screen.press("1")
    await screen.shows("error: no browser is there to open it with")
    await screen.shows((seen) => seen.split("Status: ready").length === 3)
  })
})

describe("flags at a terminal", () => {
  test("`aim boss --json` is `aim login boss --json`, `aim boss --manual` its login", async () => {
    await using world = await worldWith(MANUAL, "alive")
    await using screen = await aimScreen(world, SIZE)
    await screen.run("aim boss --json")
    await screen.shows('"how": "refreshed"')
    await screen.run("clear; aim boss --manual")
    await screen.shows("boss is ready: its login was renewed")
    await screen.run("clear; aim boss | grep label")
    await screen.shows('"label": "boss"')
  })
})
