import type { Choice } from "../../domain/choice/types.ts"
import type { Label } from "../../domain/label.ts"
import type {
  Captured,
  Decision,
  Finding,
  PreSwitchSync,
  ReceiptStatus,
  SelectionReceipt,
} from "../../domain/receipt.ts"
import type { Store } from "../../domain/store.ts"
import type { Healed } from "../../pool/heal.ts"
import { reachedBy } from "../../pool/refresh-outcome.ts"
import type { Refreshed } from "../../pool/usage-with-refresh.ts"
import { now } from "../../system/clock.ts"
import { isoTime } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import { clientReceipt } from "./receipt-files.ts"

/** What a switch has found and done so far: grows step by step, becomes a receipt at the end. */
export type Progress = {
  previousLabel: Label | null
  captured: Captured[]
  refreshed: { label: Label; outcome: string; detail?: string }[]
  /** Stores that a refresh brought its new pair to. */
  stores: Healed[]
  warnings: Finding[]
  choice: Choice | null
  keptFile: string | null
  /** What the live store had for the vault when the switch began; null before it was read. */
  preSwitchSync: PreSwitchSync | null
  /** The label that was named, or null where one is chosen. */
  named: Label | null
  /** Labels whose refused access token was refreshed for a reading; once a command. */
  refreshedForReading: Set<Label>
}

/** A switch of which nothing has been done yet; `named` is the label that was asked for by name. */
export function emptyProgress(named: Label | null = null): Progress {
  return {
    previousLabel: null,
    captured: [],
    refreshed: [],
    stores: [],
    warnings: [],
    choice: null,
    keptFile: null,
    preSwitchSync: null,
    named,
    refreshedForReading: new Set(),
  }
}

/** Notes refreshes that happened; those that were not due say nothing. */
export function noteRefreshed(progress: Progress, refreshed: readonly Refreshed[]): void {
  for (const { key, outcome } of refreshed) {
    if (outcome.kind === "not_due") continue
    if (outcome.kind === "captured") {
      progress.captured.push({ label: key.label, store: outcome.store, reason: "newer_pair" })
    }
    progress.stores.push(...reachedBy(outcome))
    const detail =
      "detail" in outcome ? outcome.detail : "reason" in outcome ? outcome.reason : null
    progress.refreshed.push({
      label: key.label,
      outcome: outcome.kind,
      ...(detail === null ? {} : { detail }),
    })
  }
}

/** The receipt in the reference's shape (aimgr 4404b27 §5.1) with aim's additions. */
export function selectionReceipt(
  target: Target,
  store: Store,
  progress: Progress,
  end: {
    status: ReceiptStatus
    label?: Label | null
    accountId?: string
    /** The files that were written. */
    wrote: readonly string[]
    subscriptionType?: string | null
    blockers?: Finding[]
  },
): SelectionReceipt {
  const { choice, previousLabel, warnings, named, preSwitchSync } = progress
  const withWarnings = end.status === "activated" && warnings.length > 0
  const shared = {
    action: `${target.id}_use`,
    status: withWarnings ? "activated_with_warnings" : end.status,
    observedAt: isoTime(now()),
    ...(previousLabel === null ? {} : { previousLabel }),
    ...(end.label == null ? {} : { label: end.label }),
    ...(end.accountId === undefined ? {} : { accountId: end.accountId }),
    keptCurrent: choice?.kept ?? (named !== null && end.label === previousLabel),
    reasons: reasonsOf(progress),
    warnings,
    blockers: end.blockers ?? [],
    ...(choice === null ? {} : { decision: decisionIn(choice) }),
    captured: progress.captured,
    refreshed: progress.refreshed,
    stores: progress.stores.map((each) => ({ ...each })),
    ...(progress.keptFile === null ? {} : { replacedLoginKeptAt: progress.keptFile }),
  }
  return clientReceipt(target.id, shared, {
    store,
    wrote: end.wrote,
    explicit: named !== null,
    preSwitchSync,
    subscriptionType: end.subscriptionType ?? null,
  })
}

/** A choice as receipts have it. */
export function decisionIn(choice: Choice): Decision {
  return {
    reason: choice.reason,
    alsoReasons: choice.alsoReasons,
    numbers: { ...choice.numbers, earliestResetAt: timeOrNull(choice.earliestResetAt) },
  }
}

function reasonsOf({ choice, named }: Progress): string[] {
  if (named !== null) return ["explicit_label"]
  return choice === null ? [] : [choice.reason, ...choice.alsoReasons]
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at)
}
