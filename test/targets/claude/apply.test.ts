import { describe, expect, test } from "bun:test"
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { bundleOf } from "../../../src/domain/claude/bundle.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import type { Store } from "../../../src/domain/store.ts"
import { AimError } from "../../../src/system/errors.ts"
import { applyRecord } from "../../../src/targets/claude/apply.ts"
import { readStore } from "../../../src/targets/claude/read.ts"
import { verifyRecord } from "../../../src/targets/claude/verify.ts"
import {
  accountOf,
  homeWith,
  jsonAt,
  oauthOf,
  recordOf,
  stateFileOf,
  storeIn,
  tempFolder,
} from "./fixtures.ts"

const FLAGS = { hasCompletedOnboarding: true, hasAvailableSubscription: true }

/** A store that holds login `a` in the way that aim leaves it. */
const settled = (oauth = oauthOf("a"), account = accountOf("a")) =>
  homeWith({ claudeAiOauth: oauth }, { oauthAccount: account, ...FLAGS })

async function stampIn(store: Store): Promise<string | null> {
  const found = await readStore(store, null)
  return "stamp" in found ? found.stamp : null
}

async function apply(store: Store, record: JsonObject) {
  const applied = await applyRecord(store, null, record, await stampIn(store))
  if (applied.kind === "applied") expect(await verifyRecord(store, null, record)).toBeNull()
  return applied
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  if (!(error instanceof AimError)) throw error
  return error.problem
}

describe("writing a login for Claude Code", () => {
  test("makes both files where there are none, private", async () => {
    const store = storeIn(tempFolder())
    expect(await apply(store, recordOf("a"))).toEqual({
      kind: "applied",
      changed: [store.file, stateFileOf(store)],
    })
    expect(jsonAt(store.file)).toEqual({ claudeAiOauth: oauthOf("a") })
    expect(jsonAt(stateFileOf(store))).toEqual({ oauthAccount: accountOf("a"), ...FLAGS })
    for (const file of [store.file, stateFileOf(store)])
      expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(store.home).mode & 0o777).toBe(0o700)
  })

  test("replaces its own keys alone, and every other byte stays", async () => {
    const credentials = `{ "mcpOAuth" : {"x":"é" },\n   "claudeAiOauth":${JSON.stringify(oauthOf("a"))} ,"z":1e3}\n`
    const state = `{\n\t"numStartups": 7,\n\t"oauthAccount": {"old": true},\n\t"projects": {}\n}`
    const store = homeWith(credentials, state)
    chmodSync(store.file, 0o644)
    chmodSync(stateFileOf(store), 0o640)
    await apply(store, recordOf("b"))
    const [before = "", after = ""] = credentials.split(JSON.stringify(oauthOf("a")))
    const text = readFileSync(store.file, "utf8")
    expect(text.startsWith(before) && text.endsWith(after)).toBe(true)
    expect(jsonAt(store.file).claudeAiOauth).toEqual(oauthOf("b"))
    const written = readFileSync(stateFileOf(store), "utf8")
    expect(written.startsWith('{\n\t"numStartups": 7,\n\t"oauthAccount": {')).toBe(true)
    expect(written.endsWith('\n\t"projects": {}\n}')).toBe(true)
    expect(jsonAt(stateFileOf(store))).toEqual({
      numStartups: 7,
      oauthAccount: accountOf("b"),
      ...FLAGS,
      projects: {},
    })
    expect(statSync(store.file).mode & 0o777).toBe(0o600)
    expect(statSync(stateFileOf(store)).mode & 0o777).toBe(0o640)
  })

  test("of the one that is there touches nothing; a file open to others is tightened", async () => {
    const store = settled()
    expect(await apply(store, recordOf("a"))).toEqual({ kind: "applied", changed: [] })
    chmodSync(store.file, 0o644)
    const before = readFileSync(store.file, "utf8")
    expect(await apply(store, recordOf("a"))).toEqual({ kind: "applied", changed: [store.file] })
    expect(readFileSync(store.file, "utf8")).toBe(before)
    expect(statSync(store.file).mode & 0o777).toBe(0o600)
  })

  test("of a rotated pair leaves the app state alone, and a logged-out flag is mended", async () => {
    const store = settled()
    const rotated = await apply(store, recordOf("a", 2))
    expect(rotated).toEqual({ kind: "applied", changed: [store.file] })
    writeFileSync(
      stateFileOf(store),
      JSON.stringify({ oauthAccount: accountOf("a"), hasCompletedOnboarding: false }),
    )
    const mended = await apply(store, recordOf("a", 2))
    expect(mended).toEqual({ kind: "applied", changed: [stateFileOf(store)] })
    expect(jsonAt(stateFileOf(store))).toMatchObject(FLAGS)
  })

  test("keeps what Claude Code has learnt of this very login since, and fills what it lost", async () => {
    const learnt: Record<string, unknown> = {
      ...oauthOf("a"),
      rateLimitTier: "default_claude_max_5x",
      subscriptionTypeVerifiedAt: 1,
    }
    const { subscriptionType: _s, ...sparse } = learnt
    const fetched = { ...accountOf("a"), profileFetchedAt: 5, organizationName: "Renamed" }
    const store = settled(learnt, fetched)
    expect(await apply(store, recordOf("a"))).toEqual({ kind: "applied", changed: [] })
    writeFileSync(store.file, JSON.stringify({ claudeAiOauth: { ...sparse, scopes: [] } }))
    await apply(store, recordOf("a"))
    expect(jsonAt(store.file)).toEqual({
      claudeAiOauth: { ...learnt, scopes: oauthOf("a").scopes },
    })
    const next = recordOf("b", 1)
    await apply(store, next)
    expect(jsonAt(store.file)).toEqual({ claudeAiOauth: oauthOf("b") })
    expect(jsonAt(stateFileOf(store)).oauthAccount).toEqual(accountOf("b"))
  })

  test("puts the account of the tokens beside them, whoever stood there", async () => {
    const store = settled(oauthOf("a"), accountOf("b"))
    expect(await apply(store, recordOf("a"))).toMatchObject({ changed: [stateFileOf(store)] })
    expect(jsonAt(stateFileOf(store)).oauthAccount).toEqual(accountOf("a"))
    const { accountUuid: _, ...unnamed } = accountOf("b")
    writeFileSync(
      stateFileOf(store),
      JSON.stringify({ oauthAccount: { ...accountOf("a"), ...unnamed } }),
    )
    await apply(store, recordOf("a"))
    expect(jsonAt(stateFileOf(store)).oauthAccount).toEqual(accountOf("a"))
  })

  test("does not believe a foreign uuid beside its own e-mail", async () => {
    const { accountUuid: _, ...stored } = accountOf("a")
    const store = settled(oauthOf("a"), { ...accountOf("a"), accountUuid: "acc-b" })
    await apply(store, recordOf("a", 1, { account: stored }))
    expect(jsonAt(stateFileOf(store)).oauthAccount).toEqual(stored)
  })

  test("brings a time in ms, clean scopes, the vault's own pair, and no keys of aim's", async () => {
    const store = storeIn(tempFolder())
    const oauth = {
      ...oauthOf("a"),
      expiresAt: "2030-01-01T00:00:00.000Z",
      scopes: [" x ", "x", ""],
    }
    const { claudeAiOauth } = bundleOf(recordOf("a")) ?? {}
    const raw = { ...claudeAiOauth, expiresAt: oauth.expiresAt, scopes: oauth.scopes }
    const bundle = { claudeAiOauth: raw, oauthAccount: accountOf("a") }
    const record = { ...recordOf("a"), nativeClaudeBundle: bundle }
    const newer = recordOf("a", 2)
    await apply(store, { ...record, formerPairs: ["f"], verdict: { reason: "x" } })
    expect(jsonAt(store.file)).toEqual({
      claudeAiOauth: { ...oauth, expiresAt: 1_893_456_000_000, scopes: ["x"] },
    })
    const { access, refresh, expiresAt } = newer
    await apply(store, { ...recordOf("a"), access, refresh, expiresAt })
    expect(jsonAt(store.file)).toEqual({ claudeAiOauth: oauthOf("a", 2) })
  })

  test("goes through links, which stay", async () => {
    const store = settled()
    const other = join(dirname(store.home), "other")
    mkdirSync(other)
    renameSync(store.file, join(other, "cred"))
    symlinkSync("../other/cred", store.file)
    renameSync(stateFileOf(store), join(other, "state"))
    symlinkSync("other/state", stateFileOf(store))
    await apply(store, recordOf("b"))
    expect(readlinkSync(store.file)).toBe("../other/cred")
    expect(lstatSync(stateFileOf(store)).isSymbolicLink()).toBe(true)
    expect(jsonAt(join(other, "cred"))).toEqual({ claudeAiOauth: oauthOf("b") })
    expect(jsonAt(join(other, "state")).oauthAccount).toEqual(accountOf("b"))
  })
})

describe("nothing is written", () => {
  test("when the store has changed since it was read", async () => {
    const store = settled()
    const stamp = await stampIn(store)
    expect(await applyRecord(store, null, recordOf("b"), null)).toEqual({ kind: "moved" })
    writeFileSync(stateFileOf(store), JSON.stringify({ oauthAccount: accountOf("c") }))
    expect(await applyRecord(store, null, recordOf("b"), stamp)).toEqual({ kind: "moved" })
    expect(jsonAt(store.file)).toEqual({ claudeAiOauth: oauthOf("a") })
  })

  test.each(["credentials", "app state"])("when the %s can't be parsed", async (which) => {
    const store = settled()
    const stamp = await stampIn(store)
    const broken = which === "app state" ? stateFileOf(store) : store.file
    const whole = which === "app state" ? store.file : stateFileOf(store)
    const before = readFileSync(whole, "utf8")
    writeFileSync(broken, "{CANARY")
    const problem = await problemOf(applyRecord(store, null, recordOf("b"), stamp))
    expect(problem).toMatchObject({
      code: `claude_target_${which === "app state" ? "app_state" : "auth"}_unreadable`,
      message: `${broken} is not valid JSON; nothing was written`,
    })
    expect(readFileSync(whole, "utf8")).toBe(before)
    expect(readFileSync(broken, "utf8")).toBe("{CANARY")
  })

  test("for a record without a whole bundle", async () => {
    const store = settled()
    const { organizationName: _, ...account } = accountOf("b")
    for (const record of [{}, recordOf("b", 1, { account })])
      expect(await problemOf(applyRecord(store, null, record, await stampIn(store)))).toMatchObject(
        { code: "missing_native_claude_bundle" },
      )
    expect(jsonAt(store.file)).toEqual({ claudeAiOauth: oauthOf("a") })
  })

  test("to the one file when the other can't be written", async () => {
    const store = settled()
    const full = "/dev/full-aim/none"
    const stuck = { ...store, appState: join("/proc/self", full) }
    const problem = await problemOf(applyRecord(stuck, null, recordOf("b"), await stampIn(stuck)))
    expect(problem).toMatchObject({ code: "client_folder_unusable" })
    expect(problem.hint).toStartWith("nothing was changed")
    expect(jsonAt(store.file)).toEqual({ claudeAiOauth: oauthOf("a") })
    expect(readdirSync(store.home)).toEqual([".credentials.json"])
  })
})

describe("verifying", () => {
  const wrong: [string, (store: Store) => void, string][] = [
    [
      "an older pair",
      (s) => writeFileSync(s.file, JSON.stringify({ claudeAiOauth: oauthOf("a", 0) })),
      "claudeAiOauth.accessToken, claudeAiOauth.refreshToken",
    ],
    [
      "another account",
      (s) =>
        writeFileSync(stateFileOf(s), JSON.stringify({ ...FLAGS, oauthAccount: accountOf("b") })),
      "oauthAccount",
    ],
    [
      "a flag",
      (s) => writeFileSync(stateFileOf(s), JSON.stringify({ oauthAccount: accountOf("a") })),
      "hasCompletedOnboarding",
    ],
  ]
  test.each(wrong)("names %s and no token", async (_, spoil, name) => {
    const store = settled()
    spoil(store)
    const problem = await verifyRecord(store, null, recordOf("a"))
    expect(problem).toMatchObject({ code: "claude_readback_mismatch" })
    expect(problem?.message).toContain(name)
    expect(JSON.stringify(problem)).not.toContain("CANARY")
  })
})
