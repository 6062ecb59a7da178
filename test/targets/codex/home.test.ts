import { describe, expect, test } from "bun:test"
import { chmodSync, mkdirSync, statSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { AimError } from "../../../src/system/errors.ts"
import { ensureFolder } from "../../../src/targets/client-folder.ts"
import { primaryStore, storeAt } from "../../../src/targets/codex/home.ts"
import { homesAt, tempFolder } from "./fixtures.ts"

describe("the Codex home", () => {
  test("is ~/.codex, there or not", async () => {
    const user = tempFolder()
    expect(await primaryStore(homesAt(user))).toEqual({
      target: "codex",
      home: join(user, ".codex"),
      realHome: join(user, ".codex"),
      file: join(user, ".codex", "auth.json"),
      appState: null,
      primary: true,
    })
  })

  test("is CODEX_HOME before it, its symlinks resolved for locks and memory", async () => {
    const user = tempFolder()
    mkdirSync(join(user, "real"))
    symlinkSync("real", join(user, "link"))
    const store = await primaryStore(homesAt(user, { CODEX_HOME: join(user, "link") }))
    expect([store.home, store.realHome]).toEqual([join(user, "link"), join(user, "real")])
    expect(store.file).toBe(join(user, "link", "auth.json"))
  })

  test("outside a chosen home is refused", async () => {
    const homes = { ...homesAt(tempFolder(), { CODEX_HOME: "/elsewhere" }), sandboxed: true }
    await expect(primaryStore(homes)).rejects.toBeInstanceOf(AimError)
  })

  test.each([
    ["absolute", (user: string) => join(user, "other"), "other"],
    ["relative", () => "sub/../other", "other"],
    ["tilde", () => "~/other", "other"],
    ["a name that begins with a tilde", () => "~other", "~other"],
  ])("another home: %s", async (_name, typed, expected) => {
    const user = tempFolder()
    const store = await storeAt(homesAt(user), typed(user))
    expect(store.home).toBe(join(user, expected))
    expect(store.primary).toBe(false)
  })

  test("another name of the primary home is the primary home", async () => {
    const user = tempFolder()
    mkdirSync(join(user, ".codex"))
    symlinkSync(".codex", join(user, "again"))
    const store = await storeAt(homesAt(user), "again")
    expect(store.primary).toBe(true)
    expect(store.realHome).toBe((await primaryStore(homesAt(user))).realHome)
  })

  test("a circle of symlinks is named", async () => {
    const user = tempFolder()
    symlinkSync("b", join(user, "a"))
    symlinkSync("a", join(user, "b"))
    const error = await storeAt(homesAt(user), "a").catch((thrown) => thrown)
    expect((error as AimError).problem.code).toBe("codex_home_unusable")
  })

  test("is made 0700 and otherwise left as it is", async () => {
    const folder = join(tempFolder(), "a", "b")
    await ensureFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    chmodSync(folder, 0o755)
    await ensureFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })
})
