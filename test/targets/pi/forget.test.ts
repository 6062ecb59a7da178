import { describe, expect, test } from "bun:test"
import { existsSync, lstatSync, readFileSync, renameSync, statSync, symlinkSync } from "node:fs"
import type { Store } from "../../../src/domain/store.ts"
import { forgetLogin } from "../../../src/targets/pi/forget.ts"
import { readStore } from "../../../src/targets/pi/read.ts"
import { entryOf, homeWith, textOf } from "./fixtures.ts"

const only = (generation = 1) => ({ "openai-codex": entryOf("a", generation) })

async function heldIn(store: Store) {
  const held = await readStore(store)
  if (held.kind !== "login") throw new Error(`${store.file} holds no login`)
  return held
}

async function forget(store: Store) {
  const { login, stamp } = await heldIn(store)
  return forgetLogin(store, login, stamp)
}

describe("taking a login out of a Pi home", () => {
  test("removes a file that holds nothing else", async () => {
    const store = homeWith(only())
    expect(await forget(store)).toEqual({ kind: "applied", changed: [store.file] })
    expect(existsSync(store.file)).toBe(false)
    expect(existsSync(store.home)).toBe(true)
  })

  test.each([
    [
      "first",
      '{"openai-codex": E,\n  "x" : {"type":"api_key"}\n}\n',
      '{"x" : {"type":"api_key"}\n}\n',
    ],
    ["last", '{\n  "x" : 1,\n  "openai-codex": E\n}\n', '{\n  "x" : 1\n}\n'],
    ["between", '{"x": 1, "openai-codex": E, "y": [ ]}', '{"x": 1, "y": [ ]}'],
    ["behind a mark", '\uFEFF{"openai-codex": E, "y": 1}', '\uFEFF{"y": 1}'],
  ])("takes the entry out %s, and every other byte stays", async (_, text, wanted) => {
    const store = homeWith(text.replace("E", JSON.stringify(entryOf("a"))))
    await forget(store)
    expect(textOf(store)).toBe(wanted)
    expect(statSync(store.file).mode & 0o777).toBe(0o600)
    expect(await readStore(store)).toMatchObject({ kind: "blank" })
  })

  test("goes through a link, which stays", async () => {
    const store = homeWith(only())
    const target = `${store.file}.boss`
    renameSync(store.file, target)
    symlinkSync(target, store.file)
    await forget(store)
    expect(existsSync(target)).toBe(false)
    expect(lstatSync(store.file).isSymbolicLink()).toBe(true)
  })

  test("touches nothing where the file has changed, or holds another login", async () => {
    const store = homeWith(only())
    const other = await heldIn(homeWith(only(2)))
    const { login, stamp } = await heldIn(store)
    const before = readFileSync(store.file, "utf8")
    expect(await forgetLogin(store, login, "stale")).toEqual({ kind: "moved" })
    expect(await forgetLogin(store, other.login, stamp)).toEqual({ kind: "moved" })
    expect(readFileSync(store.file, "utf8")).toBe(before)
  })
})
