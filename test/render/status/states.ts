import type { Status } from "../../../src/operations/status/document.ts"
import { claudeServing } from "./claude-value.ts"
import { piClient } from "./pi-value.ts"
import { NUMBERS } from "./pool-value.ts"
import {
  AT,
  account,
  client,
  inHours,
  NO_READING,
  reauth,
  status,
  usage,
  windowStatus,
} from "./value.ts"

const TIER = "default_claude_max_20x"
const CLAUDE = {
  provider: "anthropic",
  operator: {
    status: "ready" as const,
    detailReason: "native_claude",
    eligible: true,
    actionRequired: null,
    reason: "login and refresh token are stored",
  },
}

/** A pool with a row of every kind. */
const POOL = status(
  [
    reauth("lessons", "the issuer refused the stored login for good: refresh_token_reused"),
    account("boss"),
    account("claude-1", {
      ...CLAUDE,
      usage: usage(
        {},
        {
          plan: TIER,
          windows: [
            windowStatus("5h", "5h", 10, 3.1),
            windowStatus("weekly", "Week", 48, 99),
            windowStatus("weekly:fable", "Fable", 100, 99),
            windowStatus("weekly:opus", "Opus", 30, 99),
          ],
          extraUsage: {
            enabled: true,
            usedPercent: 25,
            monthlyLimitCents: 5000,
            usedCents: 1250,
            currency: "USD",
            disabledReason: null,
          },
        },
      ),
    }),
    account("claude-2", {
      ...CLAUDE,
      usage: { ...NO_READING, status: "unmetered", unmetered: true, plan: "default_claude_pro" },
    }),
    account("cold", {
      coolingUntil: inHours(0.7),
      coolingReason: "usage_limit_reached",
      lastQuotaHitAt: inHours(-0.3),
      usage: usage({ five: [100, 0.7], week: [64, 50] }, { ageSeconds: 1200 }),
    }),
    account("expired", { usage: { ...NO_READING, status: "access_expired" } }),
    account("hung", {
      consecutiveFailures: 7,
      usage: usage(
        { five: [81, -0.1], week: [3, 30] },
        { ageSeconds: 7_500, status: "transient", detail: "no answer within 8 s" },
      ),
    }),
    account("qa", {
      usage: usage(
        {},
        {
          windows: [
            windowStatus("5h", "5h", 0, 4.9),
            windowStatus("weekly", "Week", 96.2, 20),
            windowStatus("weekly:gpt-5", "weekly:gpt-5", 71, 50),
          ],
          credits: { hasCredits: true, unlimited: false, balance: "12.5" },
        },
      ),
    }),
    account("weekly", {
      pool: { enabled: false },
      usage: usage({ week: [22, 90] }, { plan: "pro" }),
    }),
  ],
  {
    pool_now: { ...NUMBERS.pool_now, ready_accounts: 5, total_accounts: 6 },
    capacity: { ...NUMBERS.capacity, reason: "3 of 6 could serve now" },
    unknown_accounts: 1,
    claudeCli: claudeServing(AT),
    warnings: [
      { kind: "missing_credentials", label: "lessons", provider: "openai-codex", hint: "x" },
      { kind: "quarantine_not_empty", count: 2, hint: "aim quarantine list" },
    ],
  },
)

const FLEET_OPENCLAW: Status["openclaw"] = {
  unsupported_yet: true,
  assignments: { main: "boss", night: "qa" },
  exclusions: { lab: "by hand" },
  lastApplyReceipt: { status: "applied_with_warnings", observedAt: inHours(-26) },
  lastRebalancedAt: inHours(-26),
}

/** A pool that came from an authority, with a fleet on it. */
const FLEET = status([account("boss"), account("qa", { usage: usage({ week: [20, 80] }) })], {
  openclaw: FLEET_OPENCLAW,
  pool_now: {
    ...POOL.pool_now,
    ready_accounts: 2,
    total_accounts: 2,
    active_agents: 2,
    total_agents: 3,
    assigned_load_w: 180,
    usable_capacity_w: 120,
    pool_load_pct: 150,
    spare_w: 0,
  },
  capacity: {
    ...POOL.capacity,
    verdict: "short",
    reason: "once in 14 days a decision found no label that could serve",
  },
  imports: {
    authority: {
      ...POOL.imports.authority,
      codex: {
        source: "ops@studio",
        importedAt: inHours(-50),
        labels: ["boss", "qa"],
        labelsByName: {},
        dirtyLabels: ["qa"],
      },
    },
  },
  piCli: piClient({ activeLabel: "qa", inferredLabel: "qa" }),
  warnings: [
    {
      kind: "local_update_not_promoted",
      label: "qa",
      detail: "`qa` was imported from an authority and has changed here since",
    },
  ],
})

const EMPTY = status([], {
  codexCli: client({
    activeLabel: null,
    inferredLabel: null,
    relation: null,
    readback: { ...client().readback, holds: "absent", exists: false, email: null },
  }),
  decision: null,
  nextBestCandidate: null,
  unknown_accounts: 0,
})

/** The states that golden files are kept of. */
export const STATES: Readonly<Record<string, Status>> = { pool: POOL, fleet: FLEET, empty: EMPTY }
