import type { AccountStatus } from "../../../src/operations/status/account.ts"
import type { ClientStatus } from "../../../src/operations/status/client.ts"
import type { Status } from "../../../src/operations/status/document.ts"
import type { UsageStatus, WindowStatus } from "../../../src/operations/status/usage.ts"
import type { Frame } from "../../../src/render/layout/frame.ts"
import { NUMBERS, storedClients } from "./pool-value.ts"

/** The instant that all renderings are made at. */
export const AT = Date.UTC(2026, 10, 20, 12, 0, 0)
const MINUTE = 60_000
export const HOUR = 60 * MINUTE

export const PIPE: Frame = { width: 80, color: false, unicode: false }

/** Lines as they stand on a screen, with a line break at both ends for a readable snapshot. */
export function screen(lines: readonly string[]): string {
  return `\n${lines.join("\n")}\n`
}

export function inHours(hours: number): string {
  return new Date(AT + hours * HOUR).toISOString()
}

export function windowStatus(
  kind: string,
  label: string,
  usedPercent: number,
  hours: number,
): WindowStatus {
  const resetAt = AT + hours * HOUR
  const scope = kind.split(":")[1] ?? null
  return { kind, label, scope, usedPercent, resetAt, resetsAt: inHours(hours) }
}

export function usage(
  used: { five?: [percent: number, hours: number]; week?: [percent: number, hours: number] },
  more: Partial<UsageStatus> = {},
): UsageStatus {
  const window = (kind: string, label: string, pair: [number, number] | undefined) =>
    pair === undefined ? [] : [windowStatus(kind, label, pair[0], pair[1])]
  return {
    provider: "openai-codex",
    ok: true,
    status: "cached",
    known: true,
    unmetered: false,
    windows: [...window("5h", "5h", used.five), ...window("weekly", "Week", used.week)],
    plan: "plus",
    credits: null,
    extraUsage: null,
    observedAt: inHours(0),
    ageSeconds: 12,
    tokenExpired: false,
    detail: null,
    ...more,
  }
}

export const NO_READING: UsageStatus = usage(
  {},
  { ok: false, status: "no_login", known: false, plan: null, observedAt: null, ageSeconds: null },
)

export function account(label: string, more: Partial<AccountStatus> = {}): AccountStatus {
  return {
    label,
    provider: "openai-codex",
    operator: {
      status: "ready",
      detailReason: null,
      eligible: true,
      actionRequired: null,
      reason: "login and refresh token are stored",
    },
    pool: { enabled: true },
    browser: NO_BROWSER,
    identity: {
      accountId: `ws-${label}`,
      email: `${label}@example.test`,
      expectEmail: null,
      browserUserName: null,
      browserGaiaName: null,
    },
    credentials: {
      status: "ok",
      expiresAt: inHours(200),
      expiresIn: "8d",
      expiresInSeconds: 720_000,
    },
    usage: usage({ five: [43.4, 2.2], week: [12, 76] }),
    lastRefreshAt: null,
    lastSuccessAt: inHours(0),
    lastQuotaHitAt: null,
    coolingUntil: null,
    coolingReason: null,
    consecutiveFailures: 0,
    ...more,
  }
}

const NO_BROWSER: AccountStatus["browser"] = {
  bindingPresent: false,
  exists: false,
  mode: null,
  seededFromOpenclawProfileId: null,
  seededAt: null,
  verifiedAt: null,
  resolvedPath: null,
  resolvedMode: null,
}

export function reauth(label: string, reason: string): AccountStatus {
  return account(label, {
    operator: {
      status: "reauth",
      detailReason: "missing_credentials",
      eligible: false,
      actionRequired: `log in with Codex in an empty home, then: aim codex capture ${label} --source-home <dir>`,
      reason,
    },
    usage: NO_READING,
  })
}

export function client(more: Partial<ClientStatus> = {}): ClientStatus {
  return {
    source: null,
    importedAt: null,
    importedLabels: [],
    homeDir: "/home/op/.codex",
    authPath: "/home/op/.codex/auth.json",
    storeMode: "file",
    storeSource: "default",
    storeConfigPath: "/home/op/.codex/config.toml",
    storeError: null,
    activeLabel: "boss",
    activeAccountPresent: true,
    activeCredentialPresent: true,
    expectedAccountId: "ws-boss",
    actualAccountId: "ws-boss",
    inferredLabel: "boss",
    relation: "same",
    readback: {
      home: "/home/op/.codex",
      realHome: "/home/op/.codex",
      authPath: "/home/op/.codex/auth.json",
      symlinkTarget: null,
      exists: true,
      holds: "login",
      problem: null,
      authMode: "chatgpt",
      accountId: "ws-boss",
      email: "boss@example.test",
      expiresAt: inHours(200),
      lastRefresh: inHours(-40),
      hasApiKey: false,
      mode: "0600",
      storeMode: "file",
      storeSource: "default",
      storeConfigPath: "/home/op/.codex/config.toml",
      storeError: null,
      ok: true,
      error: null,
    },
    sourceHomes: [],
    lastSelectionReceipt: null,
    lastWatchReceipt: null,
    lastAppliedAt: inHours(-3),
    ...more,
  }
}

export function status(accounts: AccountStatus[], more: Partial<Status> = {}): Status {
  return {
    schemaVersion: 1,
    generatedAt: inHours(0),
    statePath: "/home/op/.aimgr/secrets.json",
    accounts,
    ...NUMBERS,
    ...storedClients(),
    nextBestCandidate: {
      label: "qa",
      assignedCount: 0,
      currentAssignedDemandWeight: 0,
      targetDemandWeight: 1,
      projectedDemandWeight: 2,
      overflowWeight: 1,
      projectedDemandRatio: 2,
      remainingBudgetWeight: 1,
      capacityBudgetWeight: 1,
      accountId: "ws-qa",
      keptCurrent: false,
      reasons: ["best_pace_start"],
      primaryUsedPct: 3,
      secondaryUsedPct: 5,
      primaryRemainingPct: 97,
      secondaryRemainingPct: 95,
      observedAt: AT,
    },
    decision: { reason: "best_pace_start", alsoReasons: [], label: "qa", kept: false },
    codexCli: client(),
    watches: [],
    unknown_accounts: accounts.filter(({ usage: { known } }) => !known).length,
    quarantined: 0,
    warnings: [],
    ...more,
  }
}
