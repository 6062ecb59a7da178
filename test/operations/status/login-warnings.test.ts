import { describe, expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import { importStatus } from "../../../src/domain/import/status.ts"
import { accountStatus } from "../../../src/operations/status/account.ts"
import { rememberedBy } from "../../../src/operations/status/record.ts"
import { accountWarnings } from "../../../src/operations/status/warnings.ts"
import { keyOf } from "../../../src/pool/pool.ts"
import type { UsageView } from "../../../src/pool/usage.ts"
import { Secret } from "../../../src/system/secret.ts"
import { login, NOON } from "../../domain/logins.ts"
import { openPoolWorld } from "../../support/pool-world.ts"

const PROVIDER = { provider: "openai-codex" }
const withLogin = (document: Document, label: string, of = login(`r-${label}`)) =>
  putCredential(putAccount(document, label, PROVIDER), "openai-codex", label, of.fields)
const BOSS = withLogin(EMPTY_DOCUMENT, "boss")

/** The warnings at a time, where the issuer refused those labels' access tokens. */
async function warnings(document: Document, at = NOON, refused: readonly string[] = []) {
  await using world = await openPoolWorld([])
  const remembered = rememberedBy(world.pool.ledger, at)
  const accounts = Object.keys(document.accounts).map((label) => {
    const key = keyOf("openai-codex", label)
    const view: UsageView | null = refused.includes(label)
      ? { key, reading: null, outcome: "unauthorized", detail: "http_401" }
      : null
    return accountStatus(world.pool, document, label, { view, dirtyLocal: null, remembered }, at)
  })
  return accountWarnings(document, accounts, {
    codex: importStatus(document, "openai-codex"),
    anthropic: importStatus(document, "anthropic"),
  })
}

describe("of logins status says", () => {
  test("which labels have none, and the way to one; not of providers nobody knows", async () => {
    const document = putAccount(putAccount(BOSS, "qa", PROVIDER), "odd", { provider: "elsewhere" })
    expect(await warnings(document)).toEqual([
      {
        kind: "missing_credentials",
        provider: "openai-codex",
        label: "qa",
        hint: expect.stringMatching(/login/),
      },
    ])
  })

  test("which are incomplete", async () => {
    const document = putCredential(BOSS, "openai-codex", "boss", { refresh: new Secret("r") })
    expect(await warnings(document)).toEqual([
      {
        kind: "credentials_incomplete",
        provider: "openai-codex",
        label: "boss",
        detail: "the stored login of `boss` lacks a token, an account id or an expiry",
        hint: expect.stringMatching(/login/),
      },
    ])
  })

  test("which have run out, from the second that they do", async () => {
    const end = NOON + 3_600_000
    expect(await warnings(BOSS, end - 1000)).toEqual([])
    expect(await warnings(BOSS, end)).toEqual([
      {
        kind: "credentials_expired",
        provider: "openai-codex",
        label: "boss",
        expiresAt: new Date(end).toISOString(),
        hint: "aim refresh boss",
      },
    ])
  })

  test("which the issuer refused, and that only a forced refresh helps", async () => {
    expect(await warnings(BOSS, NOON, ["boss"])).toEqual([
      {
        kind: "token_invalid_or_expired",
        provider: "openai-codex",
        label: "boss",
        status: "http_401",
        hint: "aim refresh boss --force",
      },
    ])
  })

  test("and of those that need a new login the way to one, not a refresh", async () => {
    const blocked = putAccount(BOSS, "boss", { ...PROVIDER, reauth: { blockedReason: "mfa" } })
    const found = await warnings(blocked, NOON + 3_600_000, ["boss"])
    expect(found.map(({ kind, hint }) => [kind, String(hint).includes("login")])).toEqual([
      ["credentials_expired", true],
      ["token_invalid_or_expired", true],
    ])
  })

  test("which lie under two names, and that neither is refreshed", async () => {
    const twins = withLogin(BOSS, "twin", login("r-boss"))
    const [collision, ...found] = await warnings(twins)
    expect(collision).toEqual({
      kind: "account_id_collision",
      accountId: "acct-1",
      labels: ["boss", "twin"],
    })
    expect(found).toMatchObject([
      { kind: "duplicate_login", label: "boss", other: "twin", hint: "aim account remove boss" },
      { kind: "duplicate_login", label: "twin", other: "boss", hint: "aim account remove twin" },
    ])
    expect(found[0]?.detail).toBe("`boss` and `twin` hold one login; neither is refreshed")
  })
})
