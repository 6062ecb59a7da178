import type { InferOutput } from "valibot"
import type { Document } from "../../domain/document.ts"
import type { Finding } from "../../domain/receipt.ts"
import type { Held } from "../../pool/stores.ts"
import type { Target } from "../../targets/target.ts"
import { heldStatus } from "./client.ts"
import { accountMismatches, clientWarnings, type Mismatch } from "./client-warnings.ts"
import type * as schema from "./schema/clients.ts"

export type PiStatus = InferOutput<typeof schema.PiStatus>

/** Pi's block: as Codex's, by the reference's names. */
export async function piStatus(
  target: Target,
  document: Document,
  stores: readonly Held[],
): Promise<PiStatus> {
  const { view, status } = await heldStatus(target, document, stores)
  const providerEntryType = view.authMode
  const providerEntryPresent = providerEntryType !== null
  const readback = { ...status.readback, providerEntryPresent, providerEntryType }
  return { ...status, agentDir: view.home, readback }
}

/**
 * What in Pi's home the operator should know. Whoever has no login in Pi, and never had one there,
 * is told nothing: that home is none of aim's then.
 */
export async function piWarnings(
  target: Target,
  document: Document,
  stores: readonly Held[],
  block: PiStatus,
): Promise<Finding[]> {
  const { activeLabel, sourceHomes, readback } = block
  const isEmpty = readback.holds === "absent" || readback.holds === "blank"
  if (activeLabel === null && sourceHomes.length === 0 && isEmpty) return []
  return clientWarnings(target, document, stores, piMismatches(block))
}

/** How Pi's home differs from what the last switch left there, in the reference's kinds. */
function piMismatches(block: PiStatus): Mismatch[] {
  const { authPath, readback } = block
  if (readback.ok && !readback.providerEntryPresent)
    return [
      { kind: "missing_provider_entry", detail: `${authPath} has no entry for \`openai-codex\`` },
    ]
  if (readback.holds === "unmanaged")
    return [
      {
        kind: "provider_entry_invalid",
        detail: `${authPath} holds an API key under \`openai-codex\`, with which Pi is not logged in`,
        hint: "aim pi use --replace-unmanaged",
      },
    ]
  return accountMismatches(block)
}
