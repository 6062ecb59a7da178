/**
 * A state file with every key of schema 0.2 as the reference program writes it
 * (reference/aimgr-state-status-login.md §1.3), and unknown keys wherever one may stand.
 * All tokens are made up.
 */
export function referenceState() {
  return {
    schemaVersion: "0.2",
    unknownFirst: { deep: [1, { access: "CANARY-unknown-access" }, null, true, 'ü \u2028 "q"'] },
    accounts: {
      constructor: { provider: "openai-codex", expect: {}, browser: null, reauth: {} },
      boss: {
        zz: "unknown before the known ones",
        provider: "openai-codex",
        expect: { email: "boss@example.com", unknown: 1 },
        browser: {
          mode: "aim-profile",
          seededFromOpenclawProfileId: "openai-codex:boss",
          seededAt: "2026-01-02T03:04:05.006Z",
          verifiedAt: "2026-01-02T03:04:05.006Z",
          conflictReason: "two windows",
          unknownInBrowser: { a: [1, 2] },
        },
        reauth: {
          mode: "browser-managed",
          lastAttemptAt: "2026-01-02T03:04:05.006Z",
          lastVerifiedAt: "2026-01-02T03:04:05.006Z",
          blockedReason: "a reason",
          unknownInReauth: "x",
        },
        pool: {
          enabled: false,
          disabledReason: "holiday",
          disabledAt: "2026-01-02T03:04:05.006Z",
          unknownInPool: 7,
        },
        unknownInAccount: { refresh: "CANARY-account-refresh" },
      },
      qa: {
        provider: "openai-codex",
        browser: {
          mode: "chrome-profile",
          userDataDir: "/home/u/chrome",
          profileDirectory: "Profile 3",
        },
        reauth: { mode: "manual-callback" },
        pool: { enabled: true },
      },
      lessons: {
        provider: "anthropic",
        expect: {},
        browser: null,
        reauth: { mode: "native-claude" },
        pool: { enabled: true },
      },
      agent: {
        provider: "some-other",
        browser: {
          mode: "agent-browser",
          agentBrowserProfile: "/home/u/agent",
          agentBrowserSession: "s1",
        },
      },
    },
    credentials: {
      "openai-codex": {
        constructor: { access: "CANARY-c-access", refresh: "CANARY-c-refresh" },
        boss: {
          access: "CANARY-boss-access",
          refresh: "CANARY-boss-refresh",
          expiresAt: "2026-03-01T00:00:00.000Z",
          accountId: "acct_1",
          idToken: "CANARY-boss-access",
          unknownInCredential: { kept: true },
        },
      },
      anthropic: {
        lessons: {
          access: "CANARY-claude-access",
          refresh: "CANARY-claude-refresh",
          expiresAt: "2026-03-01T00:00:00.000Z",
          subscriptionType: "max",
          rateLimitTier: "default_claude_max_5x",
          scopes: ["user:inference", "user:profile"],
          emailAddress: "lessons@example.com",
          organizationName: "Org",
          organizationUuid: "org-1",
          nativeClaudeBundle: {
            claudeAiOauth: {
              accessToken: "CANARY-claude-access",
              refreshToken: "CANARY-claude-refresh",
              expiresAt: 1772323200000,
              scopes: ["user:inference", "user:profile"],
              subscriptionType: "max",
              rateLimitTier: "default_claude_max_5x",
              unknownInOauth: [null],
            },
            oauthAccount: {
              accountUuid: "acc-1",
              emailAddress: "lessons@example.com",
              organizationName: "Org",
              organizationUuid: "org-1",
              displayName: "L",
              unknownInAccount: 1.5,
            },
          },
          unknownInClaude: false,
        },
      },
      "some-other": { agent: { key: "k" }, loose: "text of another program" },
    },
    imports: {
      unknownImport: { a: 1 },
      authority: {
        codex: {
          source: "agents@host",
          importedAt: "2026-01-01T00:00:00.000Z",
          labels: ["boss", "qa"],
          labelsByName: {
            boss: {
              importedAt: "2026-01-01T00:00:00.000Z",
              baseAccountId: "acct_1",
              baseCredentialFingerprint: "sha256:00",
              dirtyLocal: true,
              dirtyObservedAt: "2026-01-01T00:00:00.000Z",
              lastPromotedAt: "2026-01-01T00:00:00.000Z",
              unknownInEntry: 1,
            },
            qa: { importedAt: "2026-01-01T00:00:00.000Z" },
          },
        },
        anthropic: {
          source: "/srv/aim/secrets.json",
          importedAt: "2026-01-01T00:00:00.000Z",
          labels: ["lessons"],
          labelsByName: {
            lessons: {
              importedAt: "2026-01-01T00:00:00.000Z",
              baseCredentialFingerprint: "sha256:11",
              baseIdentity: {
                accountUuid: "acc-1",
                emailAddress: "lessons@example.com",
                organizationUuid: "org-1",
              },
            },
          },
        },
      },
    },
    pool: {
      openaiCodex: {
        history: [
          { observedAt: "2020-01-01T00:00:00.000Z", kind: "selection", label: "boss", unknown: 1 },
          {
            observedAt: "2026-01-01T00:00:00.000Z",
            kind: "exhaustion",
            status: "blocked",
            label: "boss",
            accountId: "acct_1",
            reason: "usage_window_95",
            hadSpareEligibleCapacity: true,
          },
        ],
        agentDemand: {
          "agent-1": {
            updatedAt: "2026-01-01T00:00:00.000Z",
            lookbackDays: 7,
            source: "openclaw-session-tokens",
            inputTokens: 1.25,
            outputTokens: 2,
            totalTokens: 3.25,
            demandWeight: 3.25,
            unknownInDemand: "x",
          },
        },
        hermesFleet: {
          demandByHome: {
            Home_1: {
              updatedAt: "2026-01-01T00:00:00.000Z",
              lookbackDays: 7,
              source: "hermes-session-tokens",
              inputTokens: 1,
              outputTokens: 2,
              cacheReadTokens: 3,
              cacheWriteTokens: 4,
              reasoningTokens: 5,
              totalTokens: 15,
              demandWeight: 15,
            },
          },
          lastApplyReceipt: { action: "rebalance_hermes", status: "applied" },
          lastWatchReceipt: { action: "hermes_watch", status: "noop" },
          lastRebalancedAt: "2026-01-01T00:00:00.000Z",
        },
        unknownInPool: [],
      },
      anthropic: { history: [] },
      unknownPool: "x",
    },
    targets: {
      openclaw: {
        assignments: { "agent-1": "boss", Agent_2: "qa" },
        exclusions: { main: "by hand" },
        lastApplyReceipt: { action: "rebalance_openclaw", status: "applied" },
        lastRebalancedAt: "2026-01-01T00:00:00.000Z",
        unknownInOpenclaw: {},
      },
      codexCli: {
        homeDir: "/home/u/.codex",
        activeLabel: "boss",
        expectedAccountId: "acct_1",
        lastAppliedAt: "2026-01-01T00:00:00.000Z",
        lastSelectionReceipt: { action: "codex_use", status: "activated", warnings: [] },
        lastWatchReceipt: { action: "codex_watch", status: "noop" },
        unknownInCodex: 0,
      },
      claudeCli: {
        claudeDir: "/home/u/.claude",
        credentialsPath: "/home/u/.claude/.credentials.json",
        appStatePath: "/home/u/.claude.json",
        activeLabel: "lessons",
        lastAppliedAt: "2026-01-01T00:00:00.000Z",
        lastSelectionReceipt: { action: "claude_use", status: "noop" },
      },
      piCli: {
        agentDir: "/home/u/.pi/agent",
        authPath: "/home/u/.pi/agent/auth.json",
        activeLabel: "boss",
        expectedAccountId: "acct_1",
        lastAppliedAt: "2026-01-01T00:00:00.000Z",
        lastSelectionReceipt: { action: "pi_use", status: "noop" },
      },
      unknownTarget: "of another program",
    },
    quarantine: [
      {
        id: "3f9c",
        at: "2026-01-01T00:00:00.000Z",
        provider: "openai-codex",
        label: "boss",
        reason: "wrong_identity",
        identity: "someone",
        credential: { access: "CANARY-q-access", refresh: "CANARY-q-refresh" },
        unknownInEntry: 1,
      },
    ],
    unknownLast: null,
  }
}
