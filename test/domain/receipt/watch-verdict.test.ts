import { describe, expect, test } from "bun:test"
import type { Reason } from "../../../src/domain/choice/types.ts"
import {
  decisionKey,
  endOf,
  type WatchEnd,
  watchStatus,
} from "../../../src/domain/receipt/watch-verdict.ts"
import type { WatchReceipt } from "../../../src/domain/receipt.ts"

const kept = (reason: Reason): WatchEnd => ({ kind: "kept", reason })
const waits = { kind: "deferred_client_refreshing", retryInSeconds: 41 }
const trouble = { kind: "identity_contradiction" }

describe("how a tick ends, and the status of its receipt", () => {
  test.each<[WatchEnd, string]>([
    [kept("lasts"), "noop"],
    [kept("idle_no_better"), "noop"],
    [kept("usage_unknown"), "noop"],
    [kept("no_better"), "noop"],
    [kept("nothing_can_serve"), "blocked"],
    [endOf([waits]), "noop"],
    [endOf([trouble]), "blocked"],
    [endOf([waits, trouble]), "blocked"],
    [endOf([]), "blocked"],
    [{ kind: "switched", status: "activated" }, "activated"],
    [{ kind: "switched", status: "activated_with_warnings" }, "activated_with_warnings"],
  ])("%j: %s", (end, status) => expect(watchStatus(end)).toBe(status as never))
})

const RECEIPT: WatchReceipt = {
  action: "codex_watch",
  status: "noop",
  observedAt: "2026-03-04T12:00:00.000Z",
  thresholdPct: 20,
  currentLabelBefore: "boss",
  currentLabelAfter: "boss",
  primaryRemainingPctBefore: 60,
  triggeredSelection: false,
  warnings: [],
  blockers: [{ kind: "b" }, { kind: "a", label: "qa" }],
  weeklyThresholdPct: 0,
  intervalSeconds: 300,
  secondaryRemainingPctBefore: 80,
  decision: { reason: "lasts", alsoReasons: [], numbers: { idleMinutes: 1 } },
  captured: [],
  refreshed: [],
  stores: [],
}

describe("two ticks are one run", () => {
  test.each<[what: string, other: Partial<WatchReceipt>]>([
    ["time", { observedAt: "2026-03-04T12:05:00.000Z" }],
    ["numbers", { primaryRemainingPctBefore: 59, secondaryRemainingPctBefore: null }],
    ["terms", { decision: { reason: "lasts", alsoReasons: ["x"], numbers: { idleMinutes: 6 } } }],
    [
      "the order and number of alike blockers",
      { blockers: [{ kind: "a" }, { kind: "b" }, { kind: "b" }] },
    ],
    [
      "stores and warnings",
      { warnings: [{ kind: "w" }], stores: [{ store: "/s", label: "q", outcome: "x" }] },
    ],
  ])("whatever their %s", (_, other) =>
    expect(decisionKey({ ...RECEIPT, ...other })).toBe(decisionKey(RECEIPT)),
  )

  test.each<[what: string, other: Partial<WatchReceipt>]>([
    ["status", { status: "blocked" }],
    ["reason", { decision: { reason: "no_better", alsoReasons: [], numbers: {} } }],
    ["label before", { currentLabelBefore: null }],
    ["label after", { currentLabelAfter: "qa" }],
    ["blockers", { blockers: [{ kind: "a" }] }],
    ["outage", { unreachableSince: "2026-03-04T12:00:00.000Z" }],
  ])("but not where the %s differs", (_, other) =>
    expect(decisionKey({ ...RECEIPT, ...other })).not.toBe(decisionKey(RECEIPT)),
  )
})
