import { describe, expect, test } from "bun:test"
import { chmodSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Store } from "../../../src/domain/store.ts"
import { Secret } from "../../../src/system/secret.ts"
import { applyRecord } from "../../../src/targets/pi/apply.ts"
import { OBSTACLES } from "../../../src/targets/pi/obstacles.ts"
import { verifyRecord } from "../../../src/targets/pi/verify.ts"
import { entryOf, homeWith, recordOf, stampOf, storeIn, tempFolder, textOf } from "./fixtures.ts"

const mode = (path: string) => statSync(path).mode & 0o777

async function apply(store: Store, account: string, generation = 1) {
  return applyRecord(store, recordOf(account, generation), await stampOf(store))
}

describe("apply", () => {
  test("writes a new home 0700 and its file 0600, as Pi would, and verify agrees", async () => {
    const store = storeIn(join(tempFolder(), "deep", "agent"))
    expect(await apply(store, "ws_1")).toEqual({ kind: "applied", changed: [store.file] })
    expect([mode(store.home), mode(store.file)]).toEqual([0o700, 0o600])
    expect(textOf(store)).toBe(JSON.stringify({ "openai-codex": entryOf("ws_1") }, null, 2))
    expect(await verifyRecord(store, recordOf("ws_1"))).toBeNull()
  })

  test.each([
    ["beside others", '{\n  "anthropic": {"type":"oauth"},\n  "x": [1 , 2]\n}\n'],
    ["in a file on one line", '{"x":{"type":"api_key","key":"k"}}'],
    ["in an empty object", "{}"],
    ["in an empty file", ""],
    ["over nothing", '{"openai-codex": null, "x": 1}'],
    ["over an API key", '{"openai-codex": {"type": "api_key", "key": "k"}, "x": 1}'],
    ["behind a byte order mark", '\uFEFF{"x": 1}'],
  ])("puts the entry %s, and every other stays", async (_, text) => {
    const store = homeWith(text)
    await apply(store, "ws_1")
    const { "openai-codex": entry, ...others } = JSON.parse(textOf(store).replace("\uFEFF", ""))
    expect(entry).toEqual(entryOf("ws_1"))
    const before = JSON.parse(text.replace("\uFEFF", "") || "{}")
    expect({ "openai-codex": entry, ...others }).toEqual({ ...before, "openai-codex": entry })
    expect(textOf(store).startsWith("\uFEFF")).toBe(text.startsWith("\uFEFF"))
    expect(await verifyRecord(store, recordOf("ws_1"))).toBeNull()
  })

  test("sets five values in an entry; what else stands in it stays where it is", async () => {
    const held = { zeta: 1, ...entryOf("ws_2"), note: { a: [1] } }
    const text = `{\n    "openai-codex" : ${JSON.stringify(held, null, 6)} ,\n    "x": 1 }\n`
    const store = homeWith(text)
    await apply(store, "ws_1")
    const [before, after] = [entryOf("ws_2"), entryOf("ws_1")]
    const wanted = text
      .replace(before.access, after.access)
      .replace(before.refresh, after.refresh)
      .replace('"accountId": "ws_2"', '"accountId": "ws_1"')
    expect(textOf(store)).toBe(wanted)
  })

  test("adds the account id that an entry of Pi's own making lacks", async () => {
    const { accountId: _, ...entry } = entryOf("ws_1")
    const store = homeWith({ "openai-codex": entry })
    await apply(store, "ws_1")
    expect(textOf(store)).toBe(JSON.stringify({ "openai-codex": entryOf("ws_1") }, null, 2))
  })

  test("does not touch a file that holds the login, by Pi's own count of its end too", async () => {
    for (const off of [0, 59_000, -59_000]) {
      const entry = { ...entryOf("ws_1"), expires: entryOf("ws_1").expires + off }
      const store = homeWith({ "openai-codex": entry })
      utimesSync(store.file, 1_000_000, 1_000_000)
      expect(await apply(store, "ws_1")).toEqual({ kind: "applied", changed: [] })
      expect(statSync(store.file).mtimeMs).toBe(1_000_000_000)
    }
    const far = { ...entryOf("ws_1"), expires: entryOf("ws_1").expires + 61_000 }
    const store = homeWith({ "openai-codex": far })
    expect(await apply(store, "ws_1")).toEqual({ kind: "applied", changed: [store.file] })
  })

  test("tightens a mode even with the right content", async () => {
    const store = homeWith({ "openai-codex": entryOf("ws_1") })
    chmodSync(store.file, 0o644)
    const before = textOf(store)
    expect(await apply(store, "ws_1")).toEqual({ kind: "applied", changed: [store.file] })
    expect([mode(store.file), textOf(store)]).toEqual([0o600, before])
  })

  test("writes nothing over a file that changed, appeared or went since it was read", async () => {
    const store = homeWith({ "openai-codex": entryOf("ws_2") })
    const stamp = await stampOf(store)
    writeFileSync(store.file, JSON.stringify({ "openai-codex": entryOf("ws_2", 2) }))
    const before = textOf(store)
    for (const expected of [stamp, null, "other"])
      expect(await applyRecord(store, recordOf("ws_1"), expected)).toEqual({ kind: "moved" })
    expect(textOf(store)).toBe(before)
    const none = homeWith(undefined)
    expect(await applyRecord(none, recordOf("ws_1"), stamp)).toEqual({ kind: "moved" })
  })

  test("says what it can't do: a folder that is a file, a record without a login", async () => {
    const store = homeWith(undefined)
    writeFileSync(join(store.home, "sub"), "")
    const below = storeIn(join(store.home, "sub"))
    await expect(applyRecord(below, recordOf("ws_1"), null)).rejects.toMatchObject({
      problem: { code: "pi_target_write_failed" },
    })
    await expect(applyRecord(store, {}, null)).rejects.toMatchObject({
      problem: { code: "pi_target_credentials_missing" },
    })
  })
})

describe("verify", () => {
  test.each([
    ["no file", undefined, "is not there"],
    ["no entry", {}, "openai-codex"],
    ["another pair", { "openai-codex": entryOf("ws_1", 2) }, "openai-codex.refresh"],
    ["another account", { "openai-codex": { ...entryOf("ws_1"), accountId: "b" } }, "accountId"],
  ])("names %s, and no token", async (_, auth, named) => {
    const problem = await verifyRecord(homeWith(auth), recordOf("ws_1"))
    expect(problem).toMatchObject({ code: "pi_readback_mismatch" })
    expect(problem?.message).toContain(named)
    expect(JSON.stringify(problem)).not.toContain("CANARY")
  })

  test("tells of a file that can't be read any more", async () => {
    const problem = await verifyRecord(homeWith("{"), recordOf("ws_1"))
    expect(problem?.code).toBe("pi_target_auth_unreadable")
  })
})

test("a login whose access token names no workspace is kept out", () => {
  expect(OBSTACLES.against(recordOf("ws_1"))).toEqual([])
  expect(OBSTACLES.against({})).toEqual([])
  const opaque = { ...recordOf("ws_1"), access: new Secret("opaque") }
  expect(OBSTACLES.against(opaque).map(({ code }) => code)).toEqual(["pi_access_token_unusable"])
})
