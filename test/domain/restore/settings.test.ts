import { describe, expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { patchTarget, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { Secret } from "../../../src/system/secret.ts"
import { HOUR, isoTime } from "../../../src/system/time.ts"
import { login, NOON, type Who } from "../logins.ts"
import { file, live, R1, R12, run, tokenOf, WHO } from "./files.ts"

describe("what comes with a login", () => {
  test("the present record, and every pair that either has held", () => {
    const backup = file({
      boss: [
        ["r0", -1],
        ["r1", 0],
      ],
    })
    const present = file({
      boss: [
        ["r1", 0],
        ["r2", 1],
        ["r3", 2],
      ],
    })
    const { document } = run({ backup, present })
    const hashes = ["r0", "r1", "r2"].map((token) => pairHash(new Secret(token)))
    expect(document.credentials["openai-codex"]?.boss?.formerPairs).toEqual(hashes)
  })

  test("a client's login that is proven to be another's than expected stays where it is", () => {
    const opaque = { access: new Secret("opaque"), accountId: "w", expiresAt: isoTime(NOON) }
    const expecting = putAccount(EMPTY_DOCUMENT, "boss", {
      provider: "openai-codex",
      expect: { email: "boss@example.com" },
    })
    const backup = putCredential(expecting, "openai-codex", "boss", {
      ...opaque,
      refresh: new Secret("r1"),
    })
    const renewed = (who: Who) => {
      const { fields, identity } = login("r2", NOON, who)
      const refresh = new Secret("r2")
      const found = { ...identity, workspace: "w" }
      const theirs = { ...fields, ...opaque, refresh }
      return {
        store: "/home/.codex",
        login: {
          ...login("r2"),
          access: opaque.access,
          refresh,
          identity: found,
          fields: theirs,
          expiresAt: NOON,
        },
        prefer: null,
      }
    }
    const from = (who: Who) => run({ backup, live: [renewed(who)] }).labels[0]?.source
    expect(from(WHO.boss)).toBe("store")
    expect(from(WHO.qa)).toBe("backup")
  })

  test("Claude's logins are told by their uuids, and by their expiry", () => {
    const claude = (refresh: string, accountUuid: string, hours: number): JsonObject => ({
      access: new Secret(`access ${refresh}`),
      refresh: new Secret(refresh),
      expiresAt: isoTime(NOON + hours * HOUR),
      organizationUuid: "org",
      nativeClaudeBundle: { oauthAccount: { accountUuid, organizationUuid: "org" } },
    })
    const holding = (...records: JsonObject[]) =>
      records.reduce<Document>(
        (document, record, at) =>
          putCredential(
            putAccount(document, `c${at}`, { provider: "anthropic" }),
            "anthropic",
            `c${at}`,
            record,
          ),
        EMPTY_DOCUMENT,
      )
    const backup = holding(claude("old", "uuid-1", 0), claude("mine", "uuid-2", 5))
    const present = holding(claude("new", "uuid-1", 1), claude("other", "uuid-3", 9))
    const { document, labels } = run({ backup, present })
    const token = (label: string) => tokenOf(document.credentials.anthropic?.[label] ?? {})
    expect([token("c0"), token("c1")]).toEqual(["new", "mine"])
    expect(labels.map(({ source }) => source)).toEqual(["present", "backup"])
    expect(document.quarantine?.map(({ credential }) => tokenOf(credential))).toEqual(["other"])
  })

  test("logins of a provider that aim does not know stay as they are now", () => {
    const with_ = (document: Document, acme: object) =>
      ({ ...document, credentials: { ...document.credentials, acme } }) as Document
    const { document } = run({
      backup: with_(EMPTY_DOCUMENT, { a: { x: 1 }, b: { x: 1 } }),
      present: with_(EMPTY_DOCUMENT, { a: { x: 2 }, c: { x: 2 } }),
    })
    expect(document.credentials.acme).toEqual({ a: { x: 2 }, b: { x: 1 }, c: { x: 2 } })
  })
})

describe("settings", () => {
  const homes = (names: Record<string, string>) =>
    Object.fromEntries(Object.entries(names).map(([dir, label]) => [dir, { label }]))

  test("are the backup's; what a client's home holds is today's", () => {
    const backup = patchTarget(
      patchTarget({ ...file({ boss: R1, qa: [["q1", 0]] }), mine: "then" }, "codexCli", {
        activeLabel: "qa",
        switchIntent: { label: "qa" },
        pruneIntents: { "/a": { label: "qa" } },
        sourceHomes: homes({ "/a": "boss", "/b": "qa" }),
      }),
      "openclaw",
      { assignments: { writer: "boss" } },
    )
    const present = patchTarget(
      patchTarget(
        {
          ...file({
            chief: [["r1", 0, WHO.boss]],
            qa: [["q1", 0]],
            late: [["l1", 0, { user: "l" }]],
          }),
          mine: "now",
        },
        "codexCli",
        {
          activeLabel: "chief",
          switchIntent: { label: "chief" },
          lastAppliedAt: "today",
          sourceHomes: homes({ "/a": "chief", "/c": "qa", "/d": "late" }),
        },
      ),
      "openclaw",
      { assignments: { writer: "qa" } },
    )
    const { document } = run({ backup, present })
    expect(document.mine).toBe("then")
    expect(document.accounts).toEqual(backup.accounts)
    expect(document.targets).toEqual({
      codexCli: {
        activeLabel: "boss",
        switchIntent: { label: "boss" },
        lastAppliedAt: "today",
        sourceHomes: homes({ "/a": "boss", "/b": "qa", "/c": "qa" }),
      },
      openclaw: { assignments: { writer: "boss" } },
    })
    const gone = patchTarget(present, "codexCli", { activeLabel: "late", expectedAccountId: "x" })
    expect(run({ backup, present: gone }).document.targets.codexCli).not.toHaveProperty(
      "activeLabel",
    )
    expect(run({ backup }).document.targets.codexCli).toEqual({
      activeLabel: "qa",
      sourceHomes: homes({ "/a": "boss", "/b": "qa" }),
    })
  })

  test("a second run changes nothing", () => {
    const backup = file({ boss: R1 })
    const present = file({ boss: R12, qa: [["q1", 0]] })
    const once = run({ backup, present, live: [live("r3", 2)] }).document
    const twice = run({ backup, present: once, live: [live("r3", 2)], at: NOON + HOUR }).document
    expect(twice).toEqual(once)
  })
})
