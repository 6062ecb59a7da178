import { describe, expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import {
  addQuarantine,
  patchTarget,
  putAccount,
  putCredential,
} from "../../../src/domain/document-edits.ts"
import { importStatus } from "../../../src/domain/import/status.ts"
import { accountStatus } from "../../../src/operations/status/account.ts"
import { rememberedBy } from "../../../src/operations/status/record.ts"
import { accountWarnings } from "../../../src/operations/status/warnings.ts"
import { keyOf } from "../../../src/pool/pool.ts"
import type { UsageView } from "../../../src/pool/usage.ts"
import { login, NOON } from "../../domain/logins.ts"
import { openPoolWorld } from "../../support/pool-world.ts"

const PROVIDER = { provider: "openai-codex" }
const OTHER = { user: "u2", account: "acct-2", email: "qa@example.com" }
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

test("labels that are well give nothing to say", async () => {
  expect(await warnings(withLogin(BOSS, "qa", login("r2", NOON, OTHER)))).toEqual([])
})

test("labels that were imported and have changed here since are named by provider", async () => {
  const entry = { dirtyLocal: true }
  const authority = {
    codex: { source: "s", labels: ["boss"], labelsByName: { boss: entry } },
    anthropic: { source: "s", labels: ["lessons"], labelsByName: { lessons: entry } },
  }
  const lessons = putAccount(BOSS, "lessons", { provider: "anthropic" })
  const document: Document = { ...lessons, imports: { authority } }
  const found = (await warnings(document)).filter(({ kind }) => kind.includes("promoted"))
  expect(found).toMatchObject([
    {
      kind: "local_update_not_promoted",
      provider: "openai-codex",
      label: "boss",
      detail: "`boss` was imported from s and has changed here since",
      hint: "aim promote codex --to s boss",
    },
    { provider: "anthropic", label: "lessons" },
  ])
})

describe("of OpenClaw's agents status names those", () => {
  const CASES: [string, string, object | null, string, object][] = [
    ["whose label is gone", "gone", null, "missing_account", {}],
    ["whose label has no login", "empty", PROVIDER, "missing_credentials", PROVIDER],
    [
      "whose label's provider nobody knows",
      "odd",
      { provider: "elsewhere" },
      "unsupported_provider",
      { provider: "elsewhere" },
    ],
  ]
  test.each(CASES)("%s", async (_name, label, account, what, extra) => {
    const known = account === null ? BOSS : putAccount(BOSS, label, { ...account })
    const assignments = { one: label, two: " boss ", three: 7 }
    const found = await warnings(patchTarget(known, "openclaw", { assignments }))
    expect(found.filter(({ system }) => system === "openclaw")).toEqual([
      {
        kind: `assignment_points_to_${what}`,
        system: "openclaw",
        agentId: "one",
        label,
        ...extra,
        detail: expect.stringContaining(`OpenClaw's agent \`one\` is assigned to \`${label}\`, `),
      },
    ])
  })
})

test("kept logins and accounts of the oldest format are not forgotten", async () => {
  const entry = {
    id: "ab12",
    at: "2026-01-01T00:00:00.000Z",
    provider: "openai-codex",
    label: null,
    reason: "conflict",
    identity: "unknown",
    credential: {},
  } as const
  const document = { ...addQuarantine(BOSS, entry), unconverted: { accounts: { "Old Boss": {} } } }
  expect(await warnings(document)).toMatchObject([
    { kind: "quarantine_not_empty", count: 1, hint: "aim quarantine list" },
    { kind: "legacy_accounts_unconverted" },
  ])
})
