import { join } from "node:path"
import { activeLabel, codexCredential, type Document, targetBlock } from "../domain/document.ts"
import { importStatus } from "../domain/import-status.ts"
import type { Label } from "../domain/label.ts"
import type { Homes } from "../system/homes.ts"
import { storedReceipt, storedText } from "./status-stored.ts"

export type PiStatus = ReturnType<typeof piStatus>

/** Pi as the vault has it. aim reads none of its files yet: what only they could tell is null. */
export function piStatus(document: Document, { userHome }: Homes) {
  const block = targetBlock(document, "piCli")
  const active = activeLabel(document, "piCli")
  const imported = importStatus(document, "openai-codex")
  const agentDir = storedText(block.agentDir) ?? join(userHome, ".pi", "agent")
  const authPath = storedText(block.authPath) ?? join(agentDir, "auth.json")
  return {
    unsupported_yet: true as const,
    source: imported.source,
    importedAt: imported.importedAt,
    importedLabels: imported.labels,
    agentDir,
    authPath,
    activeLabel: active,
    activeAccountPresent: active !== null && Object.hasOwn(document.accounts, active),
    activeCredentialPresent: active !== null && codexCredential(document, active) !== null,
    expectedAccountId: storedText(block.expectedAccountId),
    actualAccountId: null,
    inferredLabel: null as Label | null,
    readback: { exists: null, authPath },
    lastSelectionReceipt: storedReceipt(block.lastSelectionReceipt),
    lastAppliedAt: storedText(block.lastAppliedAt),
  }
}
