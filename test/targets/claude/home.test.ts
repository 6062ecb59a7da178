import { describe, expect, test } from "bun:test"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { primaryStore, storeAt, switchedStore } from "../../../src/targets/claude/home.ts"
import { homesAt, tempFolder } from "./fixtures.ts"

function touch(file: string): void {
  mkdirSync(join(file, ".."), { recursive: true })
  writeFileSync(file, "{}")
}

describe("Claude's own place", () => {
  const places: [string, Record<string, string>, string[], string, string][] = [
    ["the user home", {}, [], ".claude", ".claude.json"],
    ["CLAUDE_CONFIG_DIR", { CLAUDE_CONFIG_DIR: "c" }, [], "c", "c/.claude.json"],
    ["an empty CLAUDE_CONFIG_DIR", { CLAUDE_CONFIG_DIR: "" }, [], ".claude", ".claude.json"],
    ["the legacy state", {}, [".claude/.config.json"], ".claude", ".claude/.config.json"],
    [
      "the legacy state of a config dir",
      { CLAUDE_CONFIG_DIR: "c" },
      ["c/.config.json"],
      "c",
      "c/.config.json",
    ],
    [
      "CLAUDE_SECURESTORAGE_CONFIG_DIR",
      { CLAUDE_SECURESTORAGE_CONFIG_DIR: "s", CLAUDE_CONFIG_DIR: "c" },
      [],
      "s",
      "c/.claude.json",
    ],
    [
      "an empty CLAUDE_SECURESTORAGE_CONFIG_DIR",
      { CLAUDE_SECURESTORAGE_CONFIG_DIR: "", CLAUDE_CONFIG_DIR: "c" },
      [],
      ".claude",
      "c/.claude.json",
    ],
  ]
  test.each(places)("is by %s", async (_, env, files, home, state) => {
    const user = tempFolder()
    for (const file of files) touch(join(user, file))
    const store = await primaryStore(homesAt(user, env))
    expect(store).toMatchObject({
      home: join(user, home),
      file: join(user, home, ".credentials.json"),
      appState: join(user, state),
      primary: true,
    })
  })
})

describe("a place that the operator names", () => {
  const places: [string, string, string[], string, string][] = [
    [
      "a user home",
      "o",
      ["o/.claude/.credentials.json", "o/.claude.json"],
      "o/.claude",
      "o/.claude.json",
    ],
    ["a user home without a login", "o", ["o/.claude.json"], "o/.claude", "o/.claude.json"],
    ["a folder named .claude", "o/.claude", ["o/.claude.json"], "o/.claude", "o/.claude.json"],
    ["one whose state is inside", "o/.claude", [], "o/.claude", "o/.claude/.claude.json"],
    ["a configuration folder", "cfg", ["cfg/.credentials.json"], "cfg", "cfg/.claude.json"],
    [
      "one with a legacy state",
      "cfg",
      ["cfg/.credentials.json", "cfg/.config.json"],
      "cfg",
      "cfg/.config.json",
    ],
    [
      "a user home that was a configuration folder too",
      "o",
      ["o/.claude/.credentials.json", "o/.credentials.json", "o/.claude.json"],
      "o/.claude",
      "o/.claude.json",
    ],
  ]
  test.each(places)("is %s", async (_, dir, files, home, state) => {
    const user = tempFolder()
    for (const file of files) touch(join(user, file))
    const store = await storeAt(homesAt(user), dir)
    expect(store).toMatchObject({
      home: join(user, home),
      appState: join(user, state),
      primary: false,
    })
  })

  test("is the primary one by its real path, with the state that the environment says", async () => {
    const user = tempFolder()
    touch(join(user, "c", ".credentials.json"))
    symlinkSync("c", join(user, "link"))
    const store = await storeAt(homesAt(user, { CLAUDE_CONFIG_DIR: "c" }), "link")
    expect(store).toMatchObject({ primary: true, appState: join(user, "c", ".claude.json") })
    expect(await storeAt(homesAt(user), "~")).toMatchObject({ primary: true })
  })

  test("that was switched before is its credentials' folder, a login in it or not", async () => {
    const user = tempFolder()
    const store = await switchedStore(homesAt(user), join(user, "cfg"))
    expect(store).toMatchObject({ home: join(user, "cfg"), realHome: join(user, "cfg") })
  })
})

describe("a chosen home", () => {
  test("keeps aim inside, through links of the folder and of both files", async () => {
    const [user, other] = [tempFolder(), tempFolder()]
    const homes = homesAt(user, {}, true)
    touch(join(other, ".credentials.json"))
    expect(storeAt(homes, other)).rejects.toThrow("outside")
    expect(await switchedStore(homes, other)).toBeNull()
    mkdirSync(join(user, ".claude"))
    expect(await primaryStore(homes)).toMatchObject({ primary: true })
    symlinkSync(join(other, "state"), join(user, ".claude.json"))
    expect(primaryStore(homes)).rejects.toThrow(".claude.json is a link")
    const second = tempFolder()
    mkdirSync(join(second, ".claude"))
    symlinkSync(join(other, "x"), join(second, ".claude", ".credentials.json"))
    expect(primaryStore(homesAt(second, {}, true))).rejects.toThrow(".credentials.json is a link")
    for (const name of ["CLAUDE_CONFIG_DIR", "CLAUDE_SECURESTORAGE_CONFIG_DIR"])
      expect(primaryStore(homesAt(tempFolder(), { [name]: other }, true))).rejects.toThrow(name)
  })
})
