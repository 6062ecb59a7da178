import type { ClaudeStatus } from "../../../src/operations/status/claude.ts"

const FILE = { exists: false, ok: false, error: null, mode: null, symlinkTarget: null }
const [CREDENTIALS, STATE] = ["/home/op/.claude/.credentials.json", "/home/op/.claude.json"]

/** Claude Code's block of a home without a Claude Code. */
export function claudeClient(more: Partial<ClaudeStatus> = {}): ClaudeStatus {
  return {
    source: null,
    importedAt: null,
    importedLabels: [],
    claudeDir: "/home/op/.claude",
    credentialsPath: CREDENTIALS,
    appStatePath: STATE,
    activeLabel: null,
    activeAccountPresent: false,
    activeCredentialPresent: false,
    expectedSubscriptionType: null,
    expectedEmailAddress: null,
    expectedOrganizationName: null,
    expectedOrganizationUuid: null,
    actualSubscriptionType: null,
    actualEmailAddress: null,
    actualOrganizationName: null,
    actualOrganizationUuid: null,
    inferredLabel: null,
    relation: null,
    contradiction: null,
    readback: {
      exists: false,
      ok: false,
      holds: "absent",
      error: null,
      credentialsPath: CREDENTIALS,
      appStatePath: STATE,
      credentials: { ...FILE, providerEntryPresent: false },
      appState: { ...FILE, oauthAccountPresent: false },
      nativeClaudeBundle: null,
      summary: null,
    },
    keychain: { state: null, service: null },
    authStatus: {
      available: false,
      commandPath: null,
      ok: true,
      loggedIn: false,
      authMethod: "none",
      apiProvider: "none",
      email: null,
      orgId: null,
      orgName: null,
      subscriptionType: null,
      error: null,
    },
    authOverrideEnv: [],
    sourceHomes: [],
    lastSelectionReceipt: null,
    lastWatchReceipt: null,
    lastAppliedAt: null,
    ...more,
  }
}

/** The same where `claude-1` serves, switched 40 minutes before `now` (epoch ms). */
export function claudeServing(now: number, more: Partial<ClaudeStatus> = {}): ClaudeStatus {
  const idle = claudeClient()
  const file = { exists: true, ok: true, error: null, mode: "0600", symlinkTarget: null }
  return claudeClient({
    activeLabel: "claude-1",
    activeAccountPresent: true,
    activeCredentialPresent: true,
    inferredLabel: "claude-1",
    relation: "same",
    readback: {
      ...idle.readback,
      exists: true,
      ok: true,
      holds: "login",
      credentials: { ...file, providerEntryPresent: true },
      appState: { ...file, oauthAccountPresent: true },
    },
    authStatus: { ...idle.authStatus, loggedIn: true, authMethod: "claude.ai" },
    lastAppliedAt: new Date(now - 2_400_000).toISOString(),
    ...more,
  })
}
