import { describe, expect, test } from "bun:test"
import { createHash } from "node:crypto"
import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { AimError } from "../../../src/system/errors.ts"
import { claudeTarget } from "../../../src/targets/claude/claude-target.ts"
import { keychainItem } from "../../../src/targets/claude/keychain.ts"
import {
  accountOf,
  homesAt,
  homeWith,
  jsonAt,
  LINUX,
  oauthOf,
  recordOf,
  standInSecurity,
  stateFileOf,
} from "./fixtures.ts"

const FLAGS = { hasCompletedOnboarding: true, hasAvailableSubscription: true }

/** A Mac whose Keychain holds this login, or none; the file beside it may hold another. */
async function mac(item: unknown, file: unknown = undefined, state: unknown = undefined) {
  const security = standInSecurity()
  if (item !== undefined) security.setItem(JSON.stringify(item))
  const { home } = homeWith(file, state)
  const target = claudeTarget(homesAt(join(home, "..")), security.machine)
  const store = await target.primaryStore()
  const apply = async (record = recordOf("b")) => {
    const found = await target.read(store)
    return target.apply(store, record, "stamp" in found ? found.stamp : null, 0)
  }
  return { security, target, store, apply }
}

const login = (account: string) => ({ claudeAiOauth: oauthOf(account) })
const state = (account: string) => ({ oauthAccount: accountOf(account), ...FLAGS })

async function problemOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  if (!(error instanceof AimError)) throw error
  return error.problem
}

describe("the Keychain item's names", () => {
  const sha = (dir: string) => `-${createHash("sha256").update(dir).digest("hex").slice(0, 8)}`
  const cases: [string, Record<string, string>, string | null, string, string][] = [
    ["by default", {}, "boss", "", "boss"],
    ["with USER", { USER: "q.a-_1" }, "boss", "", "q.a-_1"],
    ["with a strange user", { USER: "q a" }, "boss", "", "claude-code-user"],
    ["without any", {}, null, "", "claude-code-user"],
    [
      "of a config dir",
      { CLAUDE_CONFIG_DIR: "/u/cafe\u0301" },
      "boss",
      sha("/u/caf\u00e9"),
      "boss",
    ],
    ["of a relative one", { CLAUDE_CONFIG_DIR: "c" }, "boss", sha("c"), "boss"],
    [
      "of a storage dir",
      { CLAUDE_CONFIG_DIR: "/u/c", CLAUDE_SECURESTORAGE_CONFIG_DIR: "/u/s" },
      "boss",
      sha("/u/s"),
      "boss",
    ],
    [
      "of an empty storage dir",
      { CLAUDE_CONFIG_DIR: "/u/c", CLAUDE_SECURESTORAGE_CONFIG_DIR: "" },
      "boss",
      "",
      "boss",
    ],
  ]
  test.each(cases)("%s", async (_, env, user, suffix, account) => {
    const machine = { platform: "darwin", security: "/s", user }
    const homes = homesAt("/u", env)
    const store = await claudeTarget(homes, LINUX).primaryStore()
    expect(keychainItem(homes, machine, store)).toEqual({
      service: `Claude Code-credentials${suffix}`,
      account,
      security: "/s",
    })
  })

  test("of another home are by its folder; none on Linux, none in a sandbox", async () => {
    const machine = { platform: "darwin", security: "/s", user: "u" }
    const homes = homesAt("/u", { CLAUDE_CONFIG_DIR: "/u/c" })
    const target = claudeTarget(homes, LINUX)
    const service = async (dir: string) =>
      keychainItem(homes, machine, await target.storeAt(dir))?.service
    expect(await service("/v/.claude")).toBe(`Claude Code-credentials${sha("/v/.claude")}`)
    expect(await service("/u")).toBe("Claude Code-credentials")
    const store = await target.primaryStore()
    expect(keychainItem(homes, LINUX, store)).toBeNull()
    expect(keychainItem({ ...homes, sandboxed: true }, machine, store)).toBeNull()
  })
})

describe("reading on a Mac", () => {
  test("the item comes before the file, which is read only where there is none", async () => {
    const both = await mac(login("a"), login("b"), state("a"))
    expect(await both.target.read(both.store)).toMatchObject({
      login: { identity: { workspace: "org-a" } },
    })
    expect(both.security.names()).toBe("Claude Code-credentials/boss")
    const file = await mac(undefined, login("b"), state("b"))
    expect(await file.target.read(file.store)).toMatchObject({
      login: { identity: { workspace: "org-b" } },
    })
    const none = await mac(undefined)
    expect(await none.target.read(none.store)).toEqual({ kind: "absent" })
  })

  test("what holds the login is given whole, for a copy, item or file", async () => {
    const { security, target, store } = await mac(login("a"), login("b"))
    expect(await target.heldText(store)).toBe(JSON.stringify(login("a")))
    const beside = await mac(undefined, login("b"))
    expect(await beside.target.heldText(beside.store)).toBe(JSON.stringify(login("b")))
    const none = await mac(undefined)
    expect(await none.target.heldText(none.store)).toBeNull()
    security.setMode("locked")
    expect(await target.heldText(store)).toBeNull()
  })

  test("an item in hexadecimal is read", async () => {
    const { target, store } = await mac({ ...login("a"), mcpOAuth: "é" }, undefined, state("a"))
    expect((await target.read(store)).kind).toBe("login")
  })

  test("a locked Keychain is said so, and the file beside it is not taken for the login", async () => {
    const { security, target, store, apply } = await mac(undefined, login("b"), state("b"))
    security.setMode("locked")
    expect(await target.read(store)).toMatchObject({
      kind: "unreadable",
      problem: { code: "claude_keychain_locked" },
    })
    expect(await problemOf(apply())).toMatchObject({ code: "claude_keychain_locked" })
    expect((await target.describe(store)).claude).toMatchObject({ keychain: "locked" })
  })
})

describe("writing on a Mac", () => {
  test("goes into the item, keeps what else is in it, and hands no secret over as an argument", async () => {
    const { security, target, store, apply } = await mac(
      { mcpOAuth: 1, ...login("a") },
      undefined,
      state("b"),
    )
    expect(await apply()).toEqual({
      kind: "applied",
      changed: ['the Keychain item "Claude Code-credentials"'],
    })
    expect(JSON.parse(security.item() ?? "")).toEqual({ mcpOAuth: 1, ...login("b") })
    expect(existsSync(store.file)).toBe(false)
    expect(await target.verify(store, recordOf("b"))).toBeNull()
    expect(await apply()).toEqual({ kind: "applied", changed: [] })
    const hex = Buffer.from("CANARY").toString("hex")
    expect(security.lines()).toContain(hex)
    expect(security.argv()).not.toContain("CANARY")
    expect(security.argv()).not.toContain(hex)
    expect(security.lines()).toMatch(
      /^add-generic-password -U -a "boss" -s "Claude Code-credentials" -X "[0-9a-f]+"\n$/,
    )
  })

  test("of the first item takes the file's place, whose siblings go with it", async () => {
    const { security, store, apply } = await mac(undefined, { mcpOAuth: 1, ...login("a") })
    await apply()
    expect(existsSync(store.file)).toBe(false)
    expect(JSON.parse(security.item() ?? "")).toEqual({ mcpOAuth: 1, ...login("b") })
    expect(jsonAt(stateFileOf(store))).toEqual(state("b"))
  })

  test("a file beside an item stays", async () => {
    const { store, apply } = await mac(login("a"), login("c"))
    await apply()
    expect(jsonAt(store.file)).toEqual(login("c"))
  })

  test("of more than fits in hexadecimal goes as a quoted word, of less than 4096 bytes", async () => {
    const mcpOAuth = { quote: '"\\', sign: "é", long: "x".repeat(2_000) }
    const { security, target, store, apply } = await mac({ mcpOAuth, ...login("a") })
    await apply()
    expect(JSON.parse(security.item() ?? "")).toEqual({ mcpOAuth, ...login("b") })
    expect(security.lines()).toContain('-w "')
    expect(security.lines().length).toBeLessThanOrEqual(4_032)
    expect(security.argv()).not.toContain("CANARY")
    expect(await target.verify(store, recordOf("b"))).toBeNull()
  })

  test("of more than that goes into the file, and the item goes", async () => {
    const mcpOAuth = "x".repeat(4_000)
    const { security, target, store, apply } = await mac({ mcpOAuth, ...login("a") })
    expect(await apply()).toMatchObject({ changed: [store.file, stateFileOf(store)] })
    expect(security.item()).toBeNull()
    expect(security.lines()).toBe("")
    expect(security.argv()).not.toContain("CANARY")
    expect(jsonAt(store.file)).toEqual({ mcpOAuth, ...login("b") })
    expect(await target.verify(store, recordOf("b"))).toBeNull()
  })

  test("that the Keychain refuses goes into the file, and the item goes", async () => {
    const { security, store, apply } = await mac(login("a"))
    security.setMode("readonly")
    await apply()
    expect(security.item()).toBeNull()
    expect(jsonAt(store.file)).toEqual(login("b"))
  })

  test("that the Keychain refuses does not go over another login in the file", async () => {
    const { security, store, apply } = await mac(login("a"), login("ssh"))
    security.setMode("readonly")
    expect(await problemOf(apply())).toMatchObject({
      code: "claude_keychain_stuck",
      message: expect.stringContaining("which would be lost"),
    })
    expect(jsonAt(store.file)).toEqual(login("ssh"))
    expect(JSON.parse(security.item() ?? "")).toEqual(login("a"))
    writeFileSync(store.file, JSON.stringify(login("a")))
    await apply()
    expect(jsonAt(store.file)).toEqual(login("b"))
  })

  test("into a Keychain that lets nothing be done is told", async () => {
    const { security, store, apply } = await mac(login("a"))
    security.setMode("stuck")
    expect(await problemOf(apply())).toMatchObject({ code: "claude_keychain_stuck" })
    expect(existsSync(stateFileOf(store))).toBe(false)
  })

  test("changes no item while the app state is broken", async () => {
    const { security, target, store } = await mac(login("a"), undefined, state("a"))
    const found = await target.read(store)
    writeFileSync(stateFileOf(store), "{")
    const stamp = "stamp" in found ? found.stamp : null
    await problemOf(target.apply(store, recordOf("b"), stamp, 0))
    expect(JSON.parse(security.item() ?? "")).toEqual(login("a"))
  })
})
