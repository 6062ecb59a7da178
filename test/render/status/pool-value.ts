import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { importStatus } from "../../../src/domain/import/status.ts"
import type { Status } from "../../../src/operations/status/document.ts"
import { hermesStatus, openclawStatus } from "../../../src/operations/status/fleets.ts"

import { claudeClient } from "./claude-value.ts"
import { piClient } from "./pi-value.ts"

type Numbers = Pick<Status, "pool_now" | "windows" | "pressure" | "projection" | "capacity">

/** The numbers of a pool of five labels, one of them disabled. */
export const NUMBERS: Numbers = {
  pool_now: {
    ready_accounts: 3,
    total_accounts: 4,
    active_agents: 0,
    total_agents: 0,
    assigned_load_w: 0,
    usable_capacity_w: 3,
    pool_load_pct: 0,
    spare_w: 3,
    spare_heavy: 0,
    spare_medium: 1,
    spare_light: 3,
  },
  windows: {
    pool_5h_used_pct: 14.5,
    pool_5h_remaining_w: 2.57,
    pool_7d_used_pct: 37.1,
    pool_7d_remaining_w: 1.89,
    floor_5h_pct: 56.6,
    floor_5h_label: "boss",
    floor_7d_pct: 3.8,
    floor_7d_label: "qa",
  },
  pressure: {
    recent_overflows_14d: 0,
    rebalances_blocked_14d: 0,
    rebalances_warn_14d: 0,
    cold_start_agents: 0,
    over_target_accounts: 0,
  },
  projection: {
    load_pct_6h: 2,
    load_pct_24h: 8,
    load_pct_72h: 24,
    load_pct_7d: 56,
    overflow_eta_h: 300,
    first_constraint: "7d",
    first_constraint_label: "qa",
    eta_5h_h: 200,
    eta_7d_h: 44.5,
  },
  capacity: {
    needMoreAccounts: false,
    riskLevel: "low",
    reasons: [],
    basedOn: {
      horizonDays: 7,
      lookbackDays: 14,
      blockedNoEligible: 0,
      demandOverflowReceipts: 0,
      warningReceipts: 0,
      spareExhaustions: 0,
      noSpareExhaustions: 0,
      currentHighUtilizationLabels: ["qa"],
      knownAgentDemandCount: 0,
      coldStartAgentCount: 0,
    },
    verdict: "enough",
    reason: "2 of 4 could serve now",
  },
}

/** The blocks of the clients that aim knows from its vault only, for a vault without any. */
export function storedClients(): Pick<
  Status,
  "openclaw" | "imports" | "claudeCli" | "piCli" | "hermesFleet"
> {
  return {
    openclaw: openclawStatus(EMPTY_DOCUMENT),
    imports: {
      authority: {
        codex: importStatus(EMPTY_DOCUMENT, "openai-codex"),
        anthropic: importStatus(EMPTY_DOCUMENT, "anthropic"),
      },
    },
    claudeCli: claudeClient(),
    piCli: piClient(),
    hermesFleet: hermesStatus(EMPTY_DOCUMENT, "/home/op"),
  }
}
