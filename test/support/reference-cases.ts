import { claudeFingerprint, codexFingerprint } from "../../src/domain/fingerprint.ts"

type Json = Record<string, unknown>

/** One call of `aim internal apply-…-promotion`: what the authority has, and what comes by stdin. */
export type ReferenceCase = { name: string; kind: "codex" | "claude"; state: Json; stdin: string }

const LATER = "2099-01-01T00:00:00.000Z"

/** A Codex login of the workspace `ws_boss`; no token is a real one, or looks like one. */
export const codexLogin = (name: string, more: Json = {}): Json => ({
  access: `access-${name}`,
  refresh: `refresh-${name}`,
  expiresAt: LATER,
  accountId: "ws_boss",
  ...more,
})

/** A whole Claude login of one person. */
export const claudeRecord = (name: string, person = "uuid-boss", more: Json = {}): Json => ({
  access: `access-${name}`,
  refresh: `refresh-${name}`,
  expiresAt: LATER,
  subscriptionType: "max",
  rateLimitTier: "default_claude_max_5x",
  scopes: ["user:inference", "user:profile"],
  emailAddress: "boss@example.test",
  organizationName: "Example",
  organizationUuid: "org-1",
  nativeClaudeBundle: {
    claudeAiOauth: {
      accessToken: `access-${name}`,
      refreshToken: `refresh-${name}`,
      expiresAt: Date.parse(LATER),
      scopes: ["user:inference", "user:profile"],
      subscriptionType: "max",
      rateLimitTier: "default_claude_max_5x",
    },
    oauthAccount: {
      accountUuid: person,
      emailAddress: "boss@example.test",
      organizationName: "Example",
      organizationUuid: "org-1",
    },
  },
  ...more,
})

const IDENTITY = {
  accountUuid: "uuid-boss",
  emailAddress: "boss@example.test",
  organizationUuid: "org-1",
}

const state = (provider: string, held: Json | null, account: Json = {}): Json => ({
  schemaVersion: "0.2",
  accounts: { boss: { provider, pool: { enabled: true }, ...account } },
  credentials: { [provider]: held === null ? {} : { boss: held } },
  imports: {},
  pool: {},
  targets: {},
})

const codexState = (held: Json | null = codexLogin("a"), account: Json = {}) =>
  state("openai-codex", held, account)
const claudeState = (held: Json | null = claudeRecord("a"), account: Json = {}) =>
  state("anthropic", held, account)

const payload = (kind: string, labels: Json): string =>
  `${JSON.stringify({ kind, sentAt: "2026-11-21T00:00:00.000Z", sourceAuthority: "agents@studio", labels })}\n`

const codexEntry = (credential: Json, more: Json = {}): Json => ({
  provider: "openai-codex",
  accountId: credential.accountId,
  credential,
  base: { accountId: "ws_boss", credentialFingerprint: codexFingerprint(codexLogin("a")) },
  ...more,
})
const claudeEntry = (credential: Json, more: Json = {}): Json => ({
  provider: "anthropic",
  credential,
  base: { credentialFingerprint: claudeFingerprint(claudeRecord("a")), identity: IDENTITY },
  ...more,
})

const codex = (name: string, labels: Json, held: Json = codexState()): ReferenceCase => ({
  ...{ name: `codex: ${name}`, kind: "codex", state: held },
  stdin: payload("aimgr.codexPromotion.v1", labels),
})
const claude = (name: string, labels: Json, held: Json = claudeState()): ReferenceCase => ({
  ...{ name: `claude: ${name}`, kind: "claude", state: held },
  stdin: payload("aimgr.claudePromotion.v1", labels),
})

const blocked = { reauth: { mode: "browser-managed", blockedReason: "it was blocked" } }
const since = { base: { accountId: "ws_boss", credentialFingerprint: "sha256:other" } }
const [NEW, HELD] = [codexLogin("b"), codexLogin("a")]
const [CLAUDE_NEW, CLAUDE_HELD] = [claudeRecord("b"), claudeRecord("a")]

/** Every way in which the reference answers a promotion. */
export const REFERENCE_CASES: readonly ReferenceCase[] = [
  codex("a new login", { boss: codexEntry(NEW) }),
  codex("the login that is held", { boss: codexEntry(HELD) }),
  codex("the login of a blocked label", { boss: codexEntry(HELD) }, codexState(HELD, blocked)),
  codex("a label in capitals", { Boss: codexEntry(NEW) }),
  { ...codex("nothing", {}), stdin: "" },
  { ...codex("another kind", {}), stdin: payload("aimgr.claudePromotion.v1", { boss: {} }) },
  codex("no label", {}),
  codex("no entry", { boss: null }),
  codex("another provider", { boss: codexEntry(NEW, { provider: "anthropic" }) }),
  codex("an unknown label", { qa: codexEntry(NEW) }),
  codex("a label of another provider", { boss: codexEntry(NEW) }, claudeState()),
  codex("a login that changed", { boss: codexEntry(NEW, since) }),
  codex("another base account", {
    boss: codexEntry(NEW, {
      base: { accountId: "ws_qa", credentialFingerprint: codexFingerprint(HELD) },
    }),
  }),
  codex("another account", { boss: codexEntry(codexLogin("b", { accountId: "ws_qa" })) }),
  claude("a new login", { boss: claudeEntry(CLAUDE_NEW) }),
  claude("the login that is held", { boss: claudeEntry(CLAUDE_HELD) }),
  claude(
    "a first login",
    {
      boss: claudeEntry(CLAUDE_NEW, { base: { credentialFingerprint: null, identity: null } }),
    },
    claudeState(null),
  ),
  { ...claude("nothing", {}), stdin: "\n" },
  claude("no label", {}),
  claude("another provider", { boss: claudeEntry(CLAUDE_NEW, { provider: "openai-codex" }) }),
  claude("an unknown label", { qa: claudeEntry(CLAUDE_NEW) }),
  claude("a login that changed", {
    boss: claudeEntry(CLAUDE_NEW, { base: { credentialFingerprint: null, identity: IDENTITY } }),
  }),
  claude("another person", { boss: claudeEntry(claudeRecord("b", "uuid-qa")) }),
]
