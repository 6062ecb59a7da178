import { describe, expect, test } from "bun:test"
import { existsSync, lstatSync, readFileSync, renameSync, statSync, symlinkSync } from "node:fs"
import type { Store } from "../../../src/domain/store.ts"
import { forgetLogin } from "../../../src/targets/codex/forget.ts"
import { readStore } from "../../../src/targets/codex/read.ts"
import { authOf, homeWith } from "./fixtures.ts"

async function heldIn(store: Store) {
  const held = await readStore(store)
  if (held.kind !== "login") throw new Error(`${store.file} holds no login`)
  return held
}

async function forget(store: Store) {
  const { login, stamp } = await heldIn(store)
  return forgetLogin(store, login, stamp)
}

describe("taking a login out of a Codex home", () => {
  test("removes a file that holds nothing else", async () => {
    const store = homeWith(authOf("a"))
    expect(await forget(store)).toEqual({ kind: "applied", changed: [store.file] })
    expect(existsSync(store.file)).toBe(false)
    expect(existsSync(store.home)).toBe(true)
  })

  test("leaves an API key, its mode and unknown keys as they stand", async () => {
    const { tokens, last_refresh } = authOf("a")
    const text = `{\n   "auth_mode": "chatgpt",\n   "OPENAI_API_KEY": "k",\n   "tokens": ${JSON.stringify(tokens)},\n   "x": [1 , 2],\n   "last_refresh": ${JSON.stringify(last_refresh)}\n}\n`
    const store = homeWith(text)
    await forget(store)
    expect(readFileSync(store.file, "utf8")).toBe(
      '{\n   "auth_mode": "chatgpt",\n   "OPENAI_API_KEY": "k",\n   "x": [1 , 2]\n}\n',
    )
    expect(statSync(store.file).mode & 0o777).toBe(0o600)
    // Codex does not go over to the key, and aim may put a login here again.
    expect(await readStore(store)).toMatchObject({ kind: "blank" })
  })

  test("goes through a link, which stays", async () => {
    const store = homeWith(authOf("a"))
    const target = `${store.file}.boss`
    renameSync(store.file, target)
    symlinkSync(target, store.file)
    await forget(store)
    expect(existsSync(target)).toBe(false)
    expect(lstatSync(store.file).isSymbolicLink()).toBe(true)
  })

  test("touches nothing where the file has changed, or holds another login", async () => {
    const store = homeWith(authOf("a"))
    const other = await heldIn(homeWith(authOf("a", 2)))
    const { login, stamp } = await heldIn(store)
    const before = readFileSync(store.file, "utf8")
    expect(await forgetLogin(store, login, "stale")).toEqual({ kind: "moved" })
    expect(await forgetLogin(store, other.login, stamp)).toEqual({ kind: "moved" })
    expect(readFileSync(store.file, "utf8")).toBe(before)
  })
})
