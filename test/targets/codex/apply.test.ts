import { describe, expect, test } from "bun:test"
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import type { Store } from "../../../src/domain/store.ts"
import { AimError } from "../../../src/system/errors.ts"
import { sha256 } from "../../../src/system/hash.ts"
import { applyRecord } from "../../../src/targets/codex/apply.ts"
import { withClientLocks } from "../../../src/targets/codex/client-locks.ts"
import { readStore } from "../../../src/targets/codex/read.ts"
import { verifyRecord } from "../../../src/targets/codex/verify.ts"
import { authOf, homeWith, recordOf, storeIn, tempFolder, tokensOf } from "./fixtures.ts"

const NOW = Date.parse("2026-11-20T00:00:00Z")
const held = (store: Store) => JSON.parse(readFileSync(store.file, "utf8"))
const mode = (path: string) => statSync(path).mode & 0o777

async function stampOf(store: Store): Promise<string | null> {
  const readback = await readStore(store)
  return "stamp" in readback ? readback.stamp : null
}

async function apply(store: Store, account: string, generation = 1) {
  const stamp = await stampOf(store)
  return withClientLocks(store, () => applyRecord(store, recordOf(account, generation), stamp, NOW))
}

describe("apply", () => {
  test("writes a new home 0700 and its file 0600, and verify agrees", async () => {
    const store = storeIn(join(tempFolder(), "deep", ".codex"))
    expect(await applyRecord(store, recordOf("ws_1"), null, NOW)).toEqual({
      kind: "applied",
      changed: [store.file],
    })
    expect(mode(store.home)).toBe(0o700)
    expect(mode(store.file)).toBe(0o600)
    expect(readdirSync(store.home)).toEqual(["auth.json"])
    expect(held(store).tokens).toEqual(tokensOf("ws_1"))
    expect(await verifyRecord(store, recordOf("ws_1"))).toBeNull()
  })

  test("leaves an existing home's mode alone", async () => {
    const store = homeWith(authOf("ws_2"))
    chmodSync(store.home, 0o755)
    await apply(store, "ws_1")
    expect(mode(store.home)).toBe(0o755)
  })

  test("does not touch a file that holds the login", async () => {
    const store = homeWith(authOf("ws_1"))
    utimesSync(store.file, 1_000_000, 1_000_000)
    const before = statSync(store.file)
    expect(await apply(store, "ws_1")).toEqual({ kind: "applied", changed: [] })
    const after = statSync(store.file)
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  test.each([0o644, 0o660, 0o604])(
    "tightens mode %o even with the right content",
    async (loose) => {
      const store = homeWith(authOf("ws_1"))
      chmodSync(store.file, loose)
      const before = readFileSync(store.file, "utf8")
      expect(await apply(store, "ws_1")).toEqual({ kind: "applied", changed: [store.file] })
      expect(mode(store.file)).toBe(0o600)
      expect(readFileSync(store.file, "utf8")).toBe(before)
    },
  )

  test.each([0o644, 0o400])("a switch of a file of mode %o leaves it 0600", async (old) => {
    const store = homeWith(authOf("ws_2"))
    chmodSync(store.file, old)
    await apply(store, "ws_1")
    expect(mode(store.file)).toBe(0o600)
  })

  test("a symlinked home stays one", async () => {
    const real = homeWith(authOf("ws_2"))
    const link = join(dirname(real.home), "linked")
    symlinkSync(real.home, link)
    const store = { ...storeIn(link), realHome: real.home }
    await apply(store, "ws_1")
    expect(readlinkSync(link)).toBe(real.home)
    expect(held(real).tokens).toEqual(tokensOf("ws_1"))
  })

  test("a symlinked auth.json stays one and its target is replaced", async () => {
    const store = homeWith(undefined)
    const target = join(dirname(store.home), "kept", "boss.json")
    mkdirSync(dirname(target))
    writeFileSync(target, JSON.stringify({ ...authOf("ws_2"), mine: 1 }), { mode: 0o644 })
    symlinkSync("../kept/boss.json", store.file)
    await apply(store, "ws_1")
    expect(readlinkSync(store.file)).toBe("../kept/boss.json")
    expect(lstatSync(target).isFile()).toBe(true)
    expect(mode(target)).toBe(0o600)
    expect(JSON.parse(readFileSync(target, "utf8"))).toMatchObject({
      mine: 1,
      tokens: tokensOf("ws_1"),
    })
  })

  test("a symlink that points nowhere is filled, its folder made", async () => {
    const store = homeWith(undefined)
    symlinkSync("../later/boss.json", store.file)
    expect((await apply(store, "ws_1")).kind).toBe("applied")
    expect(readlinkSync(store.file)).toBe("../later/boss.json")
    const folder = join(dirname(store.home), "later")
    expect(mode(folder)).toBe(0o700)
    expect(readdirSync(folder)).toEqual(["boss.json", "boss.json.lock"])
    expect(await verifyRecord(store, recordOf("ws_1"))).toBeNull()
  })

  test.each([
    ["a file appeared", authOf("ws_2"), null],
    ["the file went", undefined, sha256("gone")],
    ["it says something else", authOf("ws_2"), sha256("before")],
  ])("writes nothing when %s", async (_name, auth, stamp) => {
    const store = homeWith(auth)
    const before = readdirSync(store.home)
    const result = await applyRecord(store, recordOf("ws_1"), stamp, NOW)
    expect(result).toEqual({ kind: "moved" })
    expect(readdirSync(store.home)).toEqual(before)
    if (auth !== undefined) expect(held(store)).toEqual(auth)
  })

  test.each(["", "CANARY {", "[]", '{"auth_mode":"zzz"}'])(
    "never rewrites a file that Codex would refuse: %p",
    async (text) => {
      const store = homeWith(text)
      expect(await applyRecord(store, recordOf("ws_1"), sha256(text), NOW)).toEqual({
        kind: "moved",
      })
      expect(readFileSync(store.file, "utf8")).toBe(text)
    },
  )

  test("of two writers with one reading the second sees that it moved", async () => {
    const store = homeWith(authOf("ws_3"))
    const stamp = await stampOf(store)
    const write = (account: string) =>
      withClientLocks(store, () => applyRecord(store, recordOf(account), stamp, NOW))
    const results = await Promise.all([write("ws_1"), write("ws_2")])
    expect(results.map(({ kind }) => kind).sort()).toEqual(["applied", "moved"])
    const winner = results[0].kind === "applied" ? "ws_1" : "ws_2"
    expect(await verifyRecord(store, recordOf(winner))).toBeNull()
  })

  test("clears away what a killed aim left half written", async () => {
    const store = homeWith(authOf("ws_2"))
    writeFileSync(join(store.home, ".auth.json.aim-tmp-0011"), "half")
    await apply(store, "ws_1")
    expect(readdirSync(store.home).filter((name) => name.includes("aim-tmp"))).toEqual([])
  })

  test("a record that would make Codex refuse the file is not written", async () => {
    const store = homeWith(authOf("ws_2"))
    const record = { ...recordOf("ws_1"), tokensExtra: { login_owner_id: 5 } }
    const stamp = await stampOf(store)
    const error = await applyRecord(store, record, stamp, NOW).catch((thrown) => thrown)
    expect((error as AimError).problem.code).toBe("codex_login_unusable")
    expect((error as AimError).problem.message).toContain("tokens.login_owner_id")
    expect(held(store)).toEqual(authOf("ws_2"))
  })

  test("an incomplete record and an unwritable place are named", async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, "file"), "")
    const store = storeIn(join(folder, "file", ".codex"))
    const codes: string[] = []
    for (const record of [{ accountId: "ws_1" }, recordOf("ws_1")]) {
      const error = await applyRecord(store, record, null, NOW).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(AimError)
      expect(JSON.stringify((error as AimError).problem)).not.toContain("CANARY")
      codes.push((error as AimError).problem.code)
    }
    expect(codes).toEqual(["codex_target_credentials_missing", "codex_target_write_failed"])
  })
})

describe("verify", () => {
  const broken = { ...authOf("ws_1"), auth_mode: "zzz" }
  test.each([
    ["nothing there", undefined, "codex_readback_mismatch", "is not there"],
    ["another login", authOf("ws_2"), "codex_readback_mismatch", "tokens.account_id"],
    ["an older pair", authOf("ws_1", 0), "codex_readback_mismatch", "tokens.refresh_token"],
    [
      "no time",
      { ...authOf("ws_1"), last_refresh: null },
      "codex_readback_mismatch",
      "last_refresh",
    ],
    [
      "a key of nobody",
      { ...authOf("ws_1", 0), tokens: { ...tokensOf("ws_1", 0), "CANARY-key": 1 } },
      "codex_readback_mismatch",
      "tokens",
    ],
    ["an API key", { OPENAI_API_KEY: "CANARY-sk" }, "codex_readback_mismatch", "auth_mode"],
    ["a file that Codex refuses", broken, "codex_target_auth_unreadable", "auth_mode"],
  ])("names %s and no token", async (_name, auth, code, says) => {
    const problem = await verifyRecord(homeWith(auth), recordOf("ws_1"))
    expect(problem?.code).toBe(code)
    expect(problem?.message).toContain(says)
    expect(JSON.stringify(problem)).not.toContain("CANARY")
  })
})
