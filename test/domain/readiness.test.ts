import { describe, expect, test } from "bun:test"
import { adoptPair, markDirty, noteVerdict } from "../../src/domain/credential-edits.ts"
import { type Document, EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { patchAccount, putAccount, putCredential } from "../../src/domain/document-edits.ts"
import { importStatus } from "../../src/domain/import/status.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { codexReadiness, isDue } from "../../src/domain/readiness.ts"
import { storedLogin } from "../../src/domain/stored-login.ts"
import { Secret } from "../../src/system/secret.ts"
import { HOUR, MINUTE } from "../../src/system/time.ts"
import { login, NOON } from "./logins.ts"

const BOSS = { provider: "openai-codex" as const, label: "boss" }
const bare = putAccount(EMPTY_DOCUMENT, "boss", { provider: "openai-codex" })
const loggedIn = adoptPair(bare, "boss", login("r1"), NOON)
const judged = noteVerdict(loggedIn, BOSS, pairHash(new Secret("r1")), "refresh_token_reused", NOON)

describe("readiness", () => {
  test.each<[string, Document, number, string, string]>([
    ["a live login", loggedIn, NOON, "ready", "ready"],
    ["an access token about to end", loggedIn, NOON + 50 * MINUTE, "ready", "refresh_due"],
    ["an expired access token nobody judged", loggedIn, NOON + 9 * HOUR, "ready", "refresh_due"],
    ["no login", bare, NOON, "reauth", "missing_credentials"],
    [
      "half a login",
      putCredential(bare, "openai-codex", "boss", { access: new Secret("a") }),
      NOON,
      "reauth",
      "missing_credentials",
    ],
    ["a pair that was refused for good", judged, NOON, "reauth", "refresh_token_reused"],
    [
      "a verdict on a former pair",
      adoptPair(judged, "boss", login("r2"), NOON),
      NOON,
      "ready",
      "ready",
    ],
    [
      "a blocked label",
      patchAccount(loggedIn, "boss", { reauth: { blockedReason: "x does not match" } }),
      NOON,
      "blocked",
      "blocked",
    ],
    [
      "a login that is not the expected one",
      patchAccount(loggedIn, "boss", {
        expect: { email: "qa@example.com" },
        reauth: { blockedReason: "x" },
      }),
      NOON,
      "blocked",
      "conflict",
    ],
    [
      "the expected login",
      patchAccount(loggedIn, "boss", {
        expect: { email: "BOSS@example.com", workspace: "acct-1" },
      }),
      NOON,
      "ready",
      "ready",
    ],
    [
      "a browser conflict",
      patchAccount(loggedIn, "boss", { browser: { conflictReason: "two users" } }),
      NOON,
      "blocked",
      "conflict",
    ],
  ])("%s", (_what, document, at, status, code) => {
    const readiness = codexReadiness(document, "boss", at)
    expect(readiness).toMatchObject({ status, code })
    if (status !== "ready") expect(readiness.mend).toContain("aim login boss")
  })

  test("a verdict on a pair that is no longer stored changes nothing", () => {
    expect(noteVerdict(loggedIn, BOSS, pairHash(new Secret("r0")), "invalid_grant", NOON)).toBe(
      loggedIn,
    )
    expect(noteVerdict(bare, BOSS, "", "invalid_grant", NOON)).toBe(bare)
  })

  test("due with less than 15 minutes and one and a half ticks left", () => {
    const credential = storedLogin(loggedIn, BOSS)
    if (credential === null) throw new Error("no credential")
    const end = NOON + 60 * MINUTE
    expect(isDue(credential, end - 22.5 * MINUTE)).toBe(false)
    expect(isDue(credential, end - 22.5 * MINUTE + 1)).toBe(true)
    expect(isDue(credential, end - 17 * MINUTE, MINUTE)).toBe(false)
  })
})

describe("an imported label", () => {
  const imported: Document = {
    ...loggedIn,
    imports: {
      authority: {
        codex: {
          source: "studio",
          labels: ["boss"],
          labelsByName: { boss: { importedAt: "t", extra: 1 } },
        },
      },
    },
  }
  const entry = (document: Document) =>
    (document.imports as { authority: { codex: { labelsByName: { boss: object } } } }).authority
      .codex.labelsByName.boss

  test("becomes dirty by a pair obtained here, and keeps when that was first seen", () => {
    const dirty = adoptPair(imported, "boss", login("r2"), NOON)
    expect(entry(dirty)).toMatchObject({
      dirtyLocal: true,
      dirtyObservedAt: "2026-11-21T12:00:00.000Z",
      extra: 1,
    })
    const again = adoptPair(dirty, "boss", login("r3"), NOON + HOUR)
    expect(entry(again)).toMatchObject({ dirtyObservedAt: "2026-11-21T12:00:00.000Z" })
  })

  test("that is only listed, as in an old state file, becomes dirty too", () => {
    const listed = {
      ...loggedIn,
      imports: { authority: { codex: { source: "studio", labels: ["boss"] } } },
    }
    const dirty = adoptPair(listed, "boss", login("r2"), NOON)
    expect(entry(dirty)).toEqual({
      dirtyLocal: true,
      dirtyObservedAt: "2026-11-21T12:00:00.000Z",
    })
    expect(importStatus(dirty, "openai-codex").dirtyLabels).toEqual(["boss"])
    expect(adoptPair(listed, "qa", login("r2"), NOON).imports).toBe(listed.imports)
  })

  test("a label of this machine has no such mark", () => {
    expect(markDirty(loggedIn, "openai-codex", "boss", NOON)).toBe(loggedIn)
  })
})
