import * as v from "valibot"
import {
  flagOrNull,
  numberOrNull,
  said,
  text,
  textOrNull,
  timeOrNull,
  whole,
} from "../../../domain/schema-parts.ts"

/** How a label logs in, under the reference's names. */
export const LoginStatus = v.object({
  mode: text,
  bindingPresent: v.boolean(),
  binding: v.exactOptional(
    v.object({
      mode: v.picklist(["aim-profile", "chrome-profile", "agent-browser"]),
      userDataDir: textOrNull,
      profileDirectory: textOrNull,
      agentBrowserProfile: textOrNull,
      agentBrowserSession: textOrNull,
    }),
  ),
})

/** What the state file says of a label's browser. */
export const BrowserStatus = v.object({
  bindingPresent: v.boolean(),
  exists: said(flagOrNull, "false without a binding; null where nobody has looked at the disk"),
  mode: textOrNull,
  seededFromOpenclawProfileId: textOrNull,
  seededAt: textOrNull,
  verifiedAt: textOrNull,
  resolvedPath: textOrNull,
  resolvedMode: textOrNull,
})

/** One window under the reference's names; `kind`, `scope` and `resetsAt` are aim's. */
export const WindowStatus = v.object({
  label: said(text, "`5h`, `Week`, `Day`; of Claude the model (`Opus`); else the kind"),
  kind: said(text, "by its length: `5h`, `weekly`, `weekly:<model>` …"),
  scope: said(textOrNull, "the model that the window counts for; null for all"),
  usedPercent: v.number(),
  resetAt: said(numberOrNull, "epoch ms; null where the provider named none"),
  resetsAt: timeOrNull,
})

export const UsageStatus = v.object({
  provider: text,
  ok: v.boolean(),
  status: said(text, "how the reading came about, or how asking failed"),
  known: said(v.boolean(), "true when there is any reading, however old"),
  unmetered: said(v.boolean(), "this login may not ask for its quota: nobody knows what is left"),
  windows: said(
    v.array(WindowStatus),
    "5h first, then the week, then the others, most used first; of the last good reading",
  ),
  plan: said(textOrNull, "as the provider spells it; without a reading, what the login says"),
  credits: v.nullable(
    v.object({ hasCredits: v.boolean(), unlimited: v.boolean(), balance: textOrNull }),
  ),
  extraUsage: said(
    v.nullable(
      v.object({
        enabled: v.boolean(),
        usedPercent: numberOrNull,
        monthlyLimitCents: numberOrNull,
        usedCents: numberOrNull,
        currency: textOrNull,
        disabledReason: textOrNull,
      }),
    ),
    "what is paid for beyond a Claude plan",
  ),
  observedAt: timeOrNull,
  ageSeconds: numberOrNull,
  tokenExpired: v.boolean(),
  detail: textOrNull,
})

/** What the ledger remembers of one label. */
export const LabelRecord = v.object({
  lastRefreshAt: timeOrNull,
  lastSuccessAt: said(timeOrNull, "the last time that the issuer answered with a reading"),
  lastQuotaHitAt: timeOrNull,
  coolingUntil: timeOrNull,
  coolingReason: textOrNull,
  consecutiveFailures: said(whole, "readings that failed since the last good one"),
})

/**
 * One label as status shows it, under the reference's names (aimgr 4404b27 §3.2). A block that the
 * reference leaves out where there is nothing to say (`login`, `authorityImport`) is left out; a
 * value inside a block that it leaves out is null.
 */
export const AccountStatus = v.object({
  label: text,
  provider: text,
  operator: v.object({
    status: v.picklist(["ready", "reauth", "blocked"]),
    detailReason: textOrNull,
    eligible: said(
      v.boolean(),
      "enabled, ready, not cooling, and something left by any reading; a Claude label without one counts",
    ),
    actionRequired: said(textOrNull, "the command that mends it"),
    reason: text,
  }),
  pool: v.object({ enabled: v.boolean() }),
  login: v.exactOptional(LoginStatus),
  browser: BrowserStatus,
  identity: v.object({
    accountId: textOrNull,
    email: textOrNull,
    expectEmail: textOrNull,
    browserUserName: said(v.null(), "a name in a Chrome profile, at which nobody looks yet"),
    browserGaiaName: v.null(),
  }),
  credentials: v.object({
    status: v.picklist(["ok", "missing"]),
    expiresAt: timeOrNull,
    expiresIn: said(textOrNull, "roughly, for people: `3h`, `-5m`"),
    expiresInSeconds: numberOrNull,
  }),
  usage: UsageStatus,
  authorityImport: v.exactOptional(v.object({ dirtyLocal: v.boolean() })),
  ...LabelRecord.entries,
})
