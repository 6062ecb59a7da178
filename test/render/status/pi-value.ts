import type { PiStatus } from "../../../src/operations/status/pi.ts"

const AGENT_DIR = "/home/op/.pi/agent"
const AUTH = `${AGENT_DIR}/auth.json`

/** Pi's block of a home without a Pi. */
export function piClient(more: Partial<PiStatus> = {}): PiStatus {
  return {
    source: null,
    importedAt: null,
    importedLabels: [],
    agentDir: AGENT_DIR,
    authPath: AUTH,
    activeLabel: null,
    activeAccountPresent: false,
    activeCredentialPresent: false,
    expectedAccountId: null,
    actualAccountId: null,
    inferredLabel: null,
    relation: null,
    readback: {
      home: AGENT_DIR,
      realHome: AGENT_DIR,
      authPath: AUTH,
      symlinkTarget: null,
      exists: false,
      holds: "absent",
      problem: null,
      authMode: null,
      accountId: null,
      email: null,
      expiresAt: null,
      lastRefresh: null,
      hasApiKey: false,
      mode: null,
      storeMode: "file",
      storeSource: "default",
      storeConfigPath: `${AGENT_DIR}/settings.json`,
      storeError: null,
      ok: false,
      error: null,
      providerEntryPresent: false,
      providerEntryType: null,
    },
    sourceHomes: [],
    lastSelectionReceipt: null,
    lastWatchReceipt: null,
    lastAppliedAt: null,
    ...more,
  }
}
