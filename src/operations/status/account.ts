import type { InferOutput } from "valibot"
import { loginDetail } from "../../domain/browser/binding.ts"
import { isSpent, labelQuota } from "../../domain/capacity/label-quota.ts"
import {
  asObject,
  credentialRecord,
  type Document,
  isEnabled,
  providerOf,
} from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { compareLabels } from "../../domain/label-order.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { limitHolds, paidByCredits } from "../../domain/provider-verdict.ts"
import type { Readiness } from "../../domain/readiness.ts"
import { readinessOf } from "../../domain/readiness-of.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import type { Reading } from "../../domain/window.ts"
import type { Pool } from "../../pool/pool.ts"
import type { UsageView } from "../../pool/usage.ts"
import { isoTime, parseIso, SECOND } from "../../system/time.ts"
import { browserStatus, loginStatus } from "./browser.ts"
import { labelRecord, type Remembered } from "./record.ts"
import type * as schema from "./schema/account.ts"
import { storedText } from "./stored.ts"
import { usageStatus } from "./usage.ts"

export type AccountStatus = InferOutput<typeof schema.AccountStatus>

/** What of a label other parts of status know already. */
export type AccountFacts = {
  view: UsageView | null
  /** Whether an import has changed here since; null for a label that was not imported. */
  dirtyLocal: boolean | null
  remembered: Remembered
}

/** One label of `aim status --json`: login, quota and what the ledger remembers of it at `at`. */
export function accountStatus(
  pool: Pool,
  document: Document,
  label: Label,
  { view, dirtyLocal, remembered }: AccountFacts,
  at: number,
): AccountStatus {
  const account = asObject(document.accounts[label]) ?? {}
  const provider = providerOf(account)
  const login = provider === null ? null : storedLogin(document, { provider, label })
  const readiness = readinessIn(document, provider, label, at)
  const stored = provider === null ? null : credentialRecord(document, provider, label)
  const usage = usageStatus(provider ?? "unknown", view, at, storedPlan(stored))
  const expiry = login?.expiresAt ?? parseIso(stored?.expiresAt)
  const record = labelRecord(remembered, provider, label)
  const reading = view?.reading ?? null
  // The reference asks a Claude label for no reading: one that nobody could read is not spent.
  const canServe = (provider === "anthropic" && reading === null) || hasQuota(label, reading, at)
  const email = asObject(account.expect)?.email
  const mode = loginStatus(account)
  return {
    label,
    provider: typeof account.provider === "string" ? account.provider : (provider ?? "unknown"),
    operator: {
      status: readiness.status,
      detailReason: detailOf(readiness, account),
      eligible:
        readiness.status === "ready" &&
        isEnabled(account) &&
        canServe &&
        record.coolingUntil === null,
      actionRequired: readiness.mend,
      reason: readiness.reason,
    },
    pool: { enabled: isEnabled(account) },
    ...(mode === undefined ? {} : { login: mode }),
    browser: browserStatus(account, label, pool.vault.paths.dir),
    identity: {
      accountId: login?.accountId ?? null,
      email: login?.identity.email ?? null,
      expectEmail: typeof email === "string" ? email : null,
      browserUserName: null,
      browserGaiaName: null,
    },
    credentials: {
      status: stored === null ? "missing" : "ok",
      expiresAt: expiry === null ? null : isoTime(expiry),
      expiresIn: expiry === null ? null : roughly((expiry - at) / SECOND),
      expiresInSeconds: expiry === null ? null : Math.round((expiry - at) / SECOND),
    },
    usage,
    ...(dirtyLocal === null ? {} : { authorityImport: { dirtyLocal } }),
    ...record,
  }
}

/** Blocked first, then reauth, then ready; each in label order (the reference's order). */
export function compareByNeed(a: AccountStatus, b: AccountStatus): number {
  const need = ["blocked", "reauth", "ready"]
  const byNeed = need.indexOf(a.operator.status) - need.indexOf(b.operator.status)
  return byNeed !== 0 ? byNeed : compareLabels(a.label, b.label)
}

/** By a reading of any age: something left, or credits, and no word of the provider against it. */
function hasQuota(label: Label, reading: Reading | null, at: number): boolean {
  if (reading === null || limitHolds(reading, at)) return false
  const quota = labelQuota(label, reading, at)
  return quota === null ? paidByCredits(reading) : !isSpent(quota)
}

/** The plan by a Claude login's own record; a Codex one has none. */
function storedPlan(record: JsonObject | null): string | null {
  return storedText(record?.rateLimitTier) ?? storedText(record?.subscriptionType)
}

function readinessIn(
  document: Document,
  provider: ProviderId | null,
  label: Label,
  at: number,
): Readiness {
  if (provider !== null) return readinessOf(document, { provider, label }, at)
  return {
    status: "blocked",
    code: "unsupported_yet",
    reason: "aim keeps labels of this provider as they are, but can't serve them",
    mend: null,
  }
}

/** The reference says beside a ready label what its next login lacks. */
function detailOf({ code, status }: Readiness, account: JsonObject): string | null {
  if (code !== "ready") return code
  return status === "ready" ? loginDetail(account) : null
}

/** The reference's rough span: minutes below an hour, hours below two days, else days. */
function roughly(seconds: number): string {
  const minutes = Math.trunc(seconds / 60)
  if (Math.abs(minutes) < 60) return `${minutes}m`
  const hours = Math.trunc(minutes / 60)
  return Math.abs(hours) < 48 ? `${hours}h` : `${Math.trunc(hours / 24)}d`
}
