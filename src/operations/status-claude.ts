import { join } from "node:path"
import type { InferOutput } from "valibot"
import { activeLabel, credentialRecord, type Document, targetBlock } from "../domain/document.ts"
import { importStatus } from "../domain/import-status.ts"
import type { JsonObject } from "../domain/login.ts"
import type { Homes } from "../system/homes.ts"
import type * as schema from "./status-schema/clients.ts"
import { storedReceipt, storedText } from "./status-stored.ts"

/** Variables that rule over Claude Code's stored login (the reference's list, §3.4). */
const OVERRIDES = [
  "CLAUDE_CODE_OAUTH_TOKEN",
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_API_KEY",
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_VERTEX",
  "CLAUDE_CODE_USE_FOUNDRY",
]

export type ClaudeStatus = InferOutput<typeof schema.ClaudeStatus>

/**
 * Claude Code as the vault has it. aim reads none of its files yet: what only they could tell
 * (`actual…`, `inferredLabel`, `readback`, `authStatus`) is null.
 */
export function claudeStatus(document: Document, { userHome, env }: Homes): ClaudeStatus {
  const block = targetBlock(document, "claudeCli")
  const active = activeLabel(document, "claudeCli")
  const record = active === null ? null : credentialRecord(document, "anthropic", active)
  const imported = importStatus(document, "anthropic")
  const credentialsPath =
    storedText(block.credentialsPath) ?? join(userHome, ".claude", ".credentials.json")
  const appStatePath = storedText(block.appStatePath) ?? join(userHome, ".claude.json")
  return {
    unsupported_yet: true,
    source: imported.source,
    importedAt: imported.importedAt,
    importedLabels: imported.labels,
    claudeDir: storedText(block.claudeDir) ?? join(userHome, ".claude"),
    credentialsPath,
    appStatePath,
    activeLabel: active,
    activeAccountPresent: active !== null && Object.hasOwn(document.accounts, active),
    activeCredentialPresent: record !== null,
    ...expected(record),
    actualSubscriptionType: null,
    actualEmailAddress: null,
    actualOrganizationName: null,
    actualOrganizationUuid: null,
    inferredLabel: null,
    readback: {
      exists: null,
      ok: null,
      credentialsPath,
      appStatePath,
      credentials: null,
      appState: null,
      nativeClaudeBundle: null,
      summary: null,
    },
    authStatus: { available: null, commandPath: null },
    authOverrideEnv: OVERRIDES.filter((name) => (env[name] ?? "").trim() !== ""),
    lastSelectionReceipt: storedReceipt(block.lastSelectionReceipt),
    lastAppliedAt: storedText(block.lastAppliedAt),
  }
}

function expected(record: JsonObject | null) {
  return {
    expectedSubscriptionType: storedText(record?.subscriptionType),
    expectedEmailAddress: storedText(record?.emailAddress),
    expectedOrganizationName: storedText(record?.organizationName),
    expectedOrganizationUuid: storedText(record?.organizationUuid),
  }
}
