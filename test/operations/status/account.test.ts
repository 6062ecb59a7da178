import { describe, expect, test } from "bun:test"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { patchAccount, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { type AccountStatus, compareByNeed } from "../../../src/operations/status/account.ts"
import { Secret } from "../../../src/system/secret.ts"
import { five, reading } from "../../domain/choice/input.ts"
import { NOON } from "../../domain/logins.ts"
import { BOSS, fresh, MINUTE, statusOf } from "./boss.ts"

describe("one label as status shows it", () => {
  test("has whose it is and how long its login lasts, without a token", async () => {
    const expecting = patchAccount(BOSS, "boss", { expect: { email: "Boss@Example.com" } })
    const status = await statusOf(expecting, "boss", { read: fresh(10) })
    expect(status).toMatchObject({
      label: "boss",
      provider: "openai-codex",
      operator: { status: "ready", eligible: true, actionRequired: null },
      pool: { enabled: true },
      identity: { accountId: "acct-1", email: "boss@example.com", expectEmail: "Boss@Example.com" },
      credentials: {
        status: "ok",
        expiresAt: new Date(NOON + 60 * MINUTE).toISOString(),
        expiresInSeconds: 3600,
      },
      lastRefreshAt: null,
      consecutiveFailures: 0,
    })
    expect(status).not.toHaveProperty("login")
    expect(status).not.toHaveProperty("authorityImport")
  })

  test.each([
    [59 * 60 + 59, "59m"],
    [60 * 60, "1h"],
    [-59 * 60, "-59m"],
    [-3 * 3600, "-3h"],
    [48 * 3600 - 1, "47h"],
    [48 * 3600, "2d"],
    [30, "0m"],
  ])("says roughly how long %d seconds are: %s", async (seconds, expiresIn) => {
    const at = NOON + 60 * MINUTE - seconds * 1000
    expect((await statusOf(BOSS, "boss", { at })).credentials).toMatchObject({
      expiresIn,
      expiresInSeconds: seconds,
    })
  })

  test("of an incomplete login has what the record says; without one it is null", async () => {
    const expiresAt = new Date(NOON).toISOString()
    const half = putCredential(BOSS, "openai-codex", "boss", { expiresAt })
    expect(await statusOf(half, "boss")).toMatchObject({
      identity: { accountId: null, email: null, expectEmail: null },
      credentials: { status: "ok", expiresAt, expiresInSeconds: 0 },
      operator: { status: "reauth", detailReason: "missing_credentials", eligible: false },
    })
    const none = putCredential(BOSS, "openai-codex", "boss", null)
    expect((await statusOf(none, "boss")).credentials).toEqual({
      status: "missing",
      expiresAt: null,
      expiresIn: null,
      expiresInSeconds: null,
    })
  })

  test.each([
    ["openai-codex", undefined, "openai-codex"],
    ["elsewhere", "elsewhere", "elsewhere"],
    ["unknown", 7, "unknown"],
  ])(
    "has the provider's name, `%s`, also where aim does not know it",
    async (_name, stored, shown) => {
      const account = stored === undefined ? {} : { provider: stored }
      const status = await statusOf(putAccount(EMPTY_DOCUMENT, "boss", account), "boss")
      expect(status.provider).toBe(shown)
      if (stored !== undefined)
        expect(status.operator).toMatchObject({
          status: "blocked",
          detailReason: "unsupported_yet",
        })
    },
  )

  test("of Claude is eligible by its reading, and without one: unknown is not spent", async () => {
    const claudeAiOauth = {
      accessToken: new Secret("a"),
      refreshToken: new Secret("r"),
      expiresAt: NOON + 600 * MINUTE,
      scopes: ["user:inference"],
      subscriptionType: "max",
      rateLimitTier: "default_claude_max_5x",
    }
    const oauthAccount = { emailAddress: "a@b", organizationName: "Org", organizationUuid: "o" }
    const claude = putCredential(
      putAccount(EMPTY_DOCUMENT, "lessons", { provider: "anthropic" }),
      "anthropic",
      "lessons",
      {
        access: new Secret("a"),
        refresh: new Secret("r"),
        expiresAt: new Date(NOON + 600 * MINUTE).toISOString(),
        nativeClaudeBundle: { claudeAiOauth, oauthAccount },
      },
    )
    const quota = (used: number) => reading([five(used, NOON + 60 * MINUTE)], { observedAt: NOON })
    for (const [read, eligible] of [
      [null, true],
      [quota(90), true],
      [quota(100), false],
    ] as const)
      expect((await statusOf(claude, "lessons", { read })).operator).toMatchObject({
        status: "ready",
        eligible,
      })
    const record = claude.credentials.anthropic?.lessons
    const known = putCredential(claude, "anthropic", "lessons", { ...record, rateLimitTier: "t" })
    expect((await statusOf(known, "lessons")).usage.plan).toBe("t")
  })

  test("says whether an import has changed here since, and what its next login lacks", async () => {
    expect(await statusOf(BOSS, "boss", { dirtyLocal: true })).toMatchObject({
      authorityImport: { dirtyLocal: true },
    })
    const manual = patchAccount(BOSS, "boss", { reauth: { mode: "manual-callback" } })
    const { login: way, operator } = await statusOf(manual, "boss")
    expect(way).toEqual({ mode: "manual-callback", bindingPresent: false })
    expect(operator.detailReason).toBe("manual_mode")
    const dead = putCredential(manual, "openai-codex", "boss", null)
    expect((await statusOf(dead, "boss")).operator.detailReason).toBe("missing_credentials")
  })
})

test("labels that need somebody come first, each group in label order", async () => {
  const row = (label: string, status: string) =>
    ({ label, operator: { status } }) as unknown as AccountStatus
  const rows = [row("b", "ready"), row("a", "ready"), row("z", "blocked"), row("y", "reauth")]
  expect(rows.sort(compareByNeed).map(({ label }) => label)).toEqual(["z", "y", "a", "b"])
})
