import { join } from "node:path"
import type { InferOutput } from "valibot"
import { activeLabel, codexCredential, type Document, targetBlock } from "../domain/document.ts"
import { importStatus } from "../domain/import-status.ts"
import type { Homes } from "../system/homes.ts"
import type * as schema from "./status-schema/clients.ts"
import { storedReceipt, storedText } from "./status-stored.ts"

export type PiStatus = InferOutput<typeof schema.PiStatus>

/** Pi as the vault has it. aim reads none of its files yet: what only they could tell is null. */
export function piStatus(document: Document, { userHome }: Homes): PiStatus {
  const block = targetBlock(document, "piCli")
  const active = activeLabel(document, "piCli")
  const imported = importStatus(document, "openai-codex")
  const agentDir = storedText(block.agentDir) ?? join(userHome, ".pi", "agent")
  const authPath = storedText(block.authPath) ?? join(agentDir, "auth.json")
  return {
    unsupported_yet: true,
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
    inferredLabel: null,
    readback: { exists: null, authPath },
    lastSelectionReceipt: storedReceipt(block.lastSelectionReceipt),
    lastAppliedAt: storedText(block.lastAppliedAt),
  }
}
