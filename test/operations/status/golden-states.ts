import { referenceState } from "../../vault/reference-state.ts"
import { codexLogin, type Readings, stateOf } from "./homes.ts"

const now = () => new Date().toISOString()

/** The reference's worked state of a fleet on one label (its status page §3.6). */
export const FLEET = stateOf({
  accounts: { boss: { provider: "openai-codex", reauth: { mode: "manual-callback" } } },
  codex: { boss: codexLogin("acct_123") },
  imports: { codex: { source: "ssh://studio/x", importedAt: now(), labels: ["boss"] } },
  targets: {
    openclaw: {
      assignments: { agent_boss: "boss" },
      lastApplyReceipt: {
        action: "rebalance_openclaw",
        status: "applied_with_warnings",
        perAccountLoad: [
          {
            label: "boss",
            carriedAgentCount: 3,
            carriedDemandWeight: 180,
            targetDemandWeight: 120,
          },
        ],
      },
    },
    codexCli: { activeLabel: "boss", lastWatchReceipt: { action: "codex_watch", status: "noop" } },
  },
  pool: {
    hermesFleet: {
      lastApplyReceipt: { perAccountLoad: [{ label: "boss", carriedAgentCount: 2 }] },
    },
    agentDemand: {
      agent_heavy: { source: "openclaw-session-tokens", demandWeight: 150 },
      agent_cold: { source: "cold-start-equal-share", demandWeight: 75 },
    },
    history: [
      {
        observedAt: now(),
        kind: "rebalance",
        status: "blocked",
        reason: "no_eligible_pool_account",
      },
      { observedAt: now(), kind: "exhaustion", label: "boss", hadSpareEligibleCapacity: false },
      { observedAt: now(), kind: "rebalance", status: "applied_with_warnings" },
    ],
  },
})

/** A pool of every kind of row. */
export const MIXED = stateOf({
  accounts: {
    boss: { provider: "openai-codex" },
    qa: { provider: "openai-codex", pool: { enabled: false } },
    dark: { provider: "openai-codex" },
    none: {
      provider: "openai-codex",
      reauth: { mode: "browser-managed" },
      browser: { mode: "chrome-profile", userDataDir: "/home/op/chrome" },
    },
    other: { provider: "elsewhere" },
    claude1: { provider: "anthropic" },
  },
  codex: {
    boss: codexLogin("ws_1"),
    qa: codexLogin("ws_2", -1),
    dark: { ...codexLogin("ws_3"), accountId: "ws_1" },
  },
  imports: { anthropic: { labelsByName: { claude1: { dirtyLocal: true } } } },
  targets: { openclaw: { assignments: { a: "gone", b: "none", c: "other", d: "boss" } } },
})

/** The worked states, with the readings of each. */
export const STATES: readonly (readonly [name: string, state: object, readings: Readings])[] = [
  ["an empty one", stateOf({ accounts: {} }), {}],
  ["the reference's own, with all its keys", referenceState(), { boss: [10, 20] }],
  ["a fleet on one label", FLEET, { boss: [96, null] }],
  ["one of every kind of row", MIXED, { boss: [40, 5] }],
  ["no reading at all", MIXED, {}],
]
