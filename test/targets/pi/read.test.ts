import { describe, expect, test } from "bun:test"
import { mkdirSync, rmdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Secret } from "../../../src/system/secret.ts"
import { heldText, readStore } from "../../../src/targets/pi/read.ts"
import { EXP, IAT } from "../codex/fixtures.ts"
import { entryOf, homeWith, storeIn, tempFolder, textOf } from "./fixtures.ts"

const OTHER = { anthropic: { type: "oauth", access: "CANARY-a", refresh: "CANARY-r", expires: 1 } }
const ours = (entry: unknown) => ({ ...OTHER, "openai-codex": entry })

describe("what a Pi home holds", () => {
  test("a login, its tokens sealed, by the workspace that Pi sends", async () => {
    const entry = { ...entryOf("ws_1"), accountId: "another" }
    const readback = await readStore(homeWith(ours(entry)))
    if (readback.kind !== "login") throw new Error(readback.kind)
    const { login } = readback
    expect(login.access).toEqual(new Secret(entry.access))
    expect(login).toMatchObject({
      provider: "openai-codex",
      expiresAt: EXP * 1_000,
      identity: { workspace: "ws_1" },
      fields: {
        accountId: "ws_1",
        expiresAt: new Date(EXP * 1_000).toISOString(),
        lastRefresh: new Date((IAT + 1) * 1_000).toISOString(),
      },
    })
    expect(Object.keys(login.fields)).not.toContain("idToken")
    expect(JSON.stringify(readback)).not.toContain("CANARY")
  })

  test("a login whose access token says nothing: by what stands beside it", async () => {
    const entry = { ...entryOf("ws_1"), access: "opaque", expires: 5_000 }
    const readback = await readStore(homeWith(ours(entry)))
    expect(readback).toMatchObject({
      kind: "login",
      login: { expiresAt: 5_000, identity: { workspace: "ws_1" } },
    })
    const endless = await readStore(homeWith(ours({ ...entry, expires: 1e300 })))
    expect(endless).toMatchObject({ kind: "login", login: { expiresAt: null } })
  })

  test.each([
    ["no file", undefined, "absent"],
    ["an empty file, as Pi makes one before it writes", "", "blank"],
    ["no entry of ours", OTHER, "blank"],
    ["an entry that is null", ours(null), "blank"],
    ["emptied tokens", ours({ ...entryOf("a"), access: "", refresh: "" }), "blank"],
    ["an API key", ours({ type: "api_key", key: "CANARY-k" }), "unmanaged"],
    ["a byte order mark before it", `\uFEFF${JSON.stringify(ours(entryOf("a")))}`, "login"],
    ["others' entries that Pi would not take", { x: 7, "openai-codex": entryOf("a") }, "login"],
  ])("%s", async (_, auth, kind) => {
    expect((await readStore(homeWith(auth))).kind).toBe(kind as "login")
  })

  const AUTH = "pi_target_auth_unreadable"
  const ENTRY = "pi_target_provider_entry_invalid"
  const { expires: _, ...endless } = entryOf("a")
  test.each([
    ["blanks alone", " \n", AUTH],
    ["half a file", '{"openai-codex": {"type"', AUTH],
    ["a list", "[]", AUTH],
    ["our entry twice", '{"openai-codex":{},"openai-codex":{}}', AUTH],
    ["a token twice", '{"openai-codex":{"type":"oauth","access":"a","access":"b"}}', ENTRY],
    ["a text for an entry", ours("CANARY"), ENTRY],
    ["another kind of login", ours({ ...entryOf("a"), type: "magic" }), ENTRY],
    ["no expiry", ours(endless), ENTRY],
    ["an expiry that is a text", ours({ ...entryOf("a"), expires: "soon" }), ENTRY],
    ["no refresh token", ours({ type: "oauth", access: "CANARY", expires: 1 }), ENTRY],
  ])("%s is reported by name, and not repeated", async (_name, auth, code) => {
    const readback = await readStore(homeWith(auth))
    if (readback.kind !== "unreadable") throw new Error(readback.kind)
    expect(readback.problem.code).toBe(code)
    expect(JSON.stringify(readback)).not.toContain("CANARY")
  })

  test.each(['{"openai-co', ""])(
    "%j while Pi writes under its lock is read again",
    async (half) => {
      const store = homeWith(half)
      mkdirSync(`${store.file}.lock`)
      const reading = readStore(store)
      await Bun.sleep(60)
      writeFileSync(store.file, JSON.stringify(ours(entryOf("ws_1"))))
      rmdirSync(`${store.file}.lock`)
      expect((await reading).kind).toBe("login")
    },
  )
})

test("only our own entry is held for a copy", async () => {
  const store = homeWith(ours(entryOf("ws_1")))
  expect(JSON.parse(String(await heldText(store)))).toEqual({ "openai-codex": entryOf("ws_1") })
  expect(textOf(store)).toContain("CANARY-a")
  expect(await heldText(homeWith(OTHER))).toBeNull()
  expect(await heldText(homeWith(undefined))).toBeNull()
})

test("the way out of a file that is none can be pasted, whatever its folder is called", async () => {
  const home = join(tempFolder(), "a b")
  mkdirSync(home)
  const store = storeIn(home)
  writeFileSync(store.file, "{")
  const readback = await readStore(store)
  expect(readback).toMatchObject({
    problem: { hint: expect.stringContaining(`mv '${store.file}' '${store.file}.broken'`) },
  })
})

test("tells an emptied entry from one that is gone", async () => {
  const emptied = ours({ ...entryOf("a"), access: "", refresh: "" })
  expect(await readStore(homeWith(emptied))).not.toHaveProperty("gone")
  expect(await readStore(homeWith(OTHER))).toMatchObject({ kind: "blank", gone: true })
})
