import { describe, expect, test } from "bun:test"
import { existsSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import type { Store } from "../../../src/domain/store.ts"
import { AimError } from "../../../src/system/errors.ts"
import { forgetLogin } from "../../../src/targets/claude/forget.ts"
import { type KeychainItem, keychainItem } from "../../../src/targets/claude/keychain.ts"
import { readStore } from "../../../src/targets/claude/read.ts"
import {
  accountOf,
  homesAt,
  homeWith,
  jsonAt,
  oauthOf,
  standInSecurity,
  stateFileOf,
} from "./fixtures.ts"

const login = (generation = 1) => ({ claudeAiOauth: oauthOf("a", generation) })
const STATE = { theme: "dark", oauthAccount: accountOf("a"), hasCompletedOnboarding: true }
const LEFT = { theme: "dark", hasCompletedOnboarding: true }

async function heldIn(store: Store, item: KeychainItem | null = null) {
  const held = await readStore(store, item)
  if (held.kind !== "login") throw new Error(`${store.file} holds no login`)
  return held
}

async function forget(store: Store, item: KeychainItem | null = null) {
  const held = await heldIn(store, item)
  return forgetLogin(store, item, held.login, held.stamp)
}

describe("taking a login out of a store of Claude Code", () => {
  test("removes a credentials file that holds nothing else, and the account beside it", async () => {
    const store = homeWith(login(), STATE)
    const changed = [stateFileOf(store), store.file]
    expect(await forget(store)).toEqual({ kind: "applied", changed })
    expect(existsSync(store.file)).toBe(false)
    expect(jsonAt(stateFileOf(store))).toEqual(LEFT)
  })

  test("leaves other services' logins, and an account that is another's", async () => {
    const oauth = JSON.stringify(oauthOf("a"))
    const text = `{"claudeAiOauth": ${oauth}, "mcpOAuth" : {"x": [1 , 2]}}\n`
    const store = homeWith(text, { ...STATE, oauthAccount: accountOf("b") })
    expect(await forget(store)).toEqual({ kind: "applied", changed: [store.file] })
    expect(readFileSync(store.file, "utf8")).toBe('{"mcpOAuth" : {"x": [1 , 2]}}\n')
    expect(jsonAt(stateFileOf(store)).oauthAccount).toEqual(accountOf("b"))
    expect(await readStore(store, null)).toMatchObject({ kind: "blank" })
  })

  test("touches nothing where the store has changed, or holds another login", async () => {
    const store = homeWith(login(), STATE)
    const other = await heldIn(homeWith(login(2), STATE))
    const held = await heldIn(store)
    const before = [store.file, stateFileOf(store)].map((file) => readFileSync(file, "utf8"))
    expect(await forgetLogin(store, null, held.login, "stale")).toEqual({ kind: "moved" })
    expect(await forgetLogin(store, null, other.login, held.stamp)).toEqual({ kind: "moved" })
    expect([store.file, stateFileOf(store)].map((file) => readFileSync(file, "utf8"))).toEqual(
      before,
    )
  })
})

describe("in the Keychain (a stand-in for macOS)", () => {
  const onMac = (content: object) => {
    const security = standInSecurity()
    security.setItem(JSON.stringify(content))
    const store = homeWith(undefined, STATE)
    const item = keychainItem(homesAt(dirname(store.home)), security.machine, store)
    return { security, store, item }
  }

  test("an item that holds nothing else goes, and no token is an argument", async () => {
    const { security, store, item } = onMac(login())
    await forget(store, item)
    expect(security.item()).toBeNull()
    expect(jsonAt(stateFileOf(store))).toEqual(LEFT)
    expect(security.argv()).not.toContain("CANARY")
  })

  test("an item with other services' logins keeps them", async () => {
    const { security, store, item } = onMac({ ...login(), mcpOAuth: { x: 1 } })
    await forget(store, item)
    expect(JSON.parse(security.item() ?? "")).toEqual({ mcpOAuth: { x: 1 } })
  })

  test.each(["stuck", "locked"])("%s, it changes nothing, the account neither", async (mode) => {
    const { security, store, item } = onMac({ ...login(), mcpOAuth: {} })
    const held = await heldIn(store, item)
    const before = [security.item(), readFileSync(stateFileOf(store), "utf8")]
    security.setMode(mode)
    const error = await forgetLogin(store, item, held.login, held.stamp).catch((thrown) => thrown)
    const code = error instanceof AimError ? error.problem.code : error.kind
    expect(["claude_keychain_stuck", "moved"]).toContain(code)
    security.setMode("")
    expect([security.item(), readFileSync(stateFileOf(store), "utf8")]).toEqual(before)
  })
})
