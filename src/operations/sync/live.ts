import { activeLabel, type Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { keyOf, type Pool, targetsOf } from "../../pool/pool.ts"
import { type Held, storesHolding } from "../../pool/stores.ts"
import { AimError } from "../../system/errors.ts"
import type { Target } from "../../targets/target.ts"
import { activate } from "../activate.ts"

/** What became of a client whose label was imported (aimgr 4404b27 §2.10). */
export type LiveApplied = {
  liveApplied: { label: Label; status: string } | null
  liveApplyError: string | null
}

/**
 * After an import every client of the provider follows: if the label that it was switched to was
 * imported, the login that stands for it now goes into its store, under its own locks.
 */
export async function followLive(
  pool: Pool,
  provider: ProviderId,
  imported: readonly Label[],
): Promise<LiveApplied> {
  const followed: LiveApplied[] = []
  for (const target of targetsOf(pool, provider))
    followed.push(await follow(pool, target, imported))
  return {
    liveApplied: followed.find(({ liveApplied }) => liveApplied !== null)?.liveApplied ?? null,
    liveApplyError: followed.find((each) => each.liveApplyError !== null)?.liveApplyError ?? null,
  }
}

async function follow(
  pool: Pool,
  target: Target,
  imported: readonly Label[],
): Promise<LiveApplied> {
  const label = activeLabel((await pool.vault.read()).document, target.vaultKey)
  if (label === null || !imported.includes(label))
    return { liveApplied: null, liveApplyError: null }
  try {
    const options = { label, next: false, dryRun: false, adopt: null, replaceUnmanaged: false }
    const { ok, receipt } = await activate(pool, target, options)
    const blocker = receipt.blockers[0]
    const why = typeof blocker?.detail === "string" ? blocker.detail : (blocker?.kind ?? "blocked")
    return { liveApplied: { label, status: receipt.status }, liveApplyError: ok ? null : why }
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    return { liveApplied: null, liveApplyError: error.problem.message }
  }
}

/** The live stores that hold labels which an import removes; to be asked before it does. */
export async function storesOfLabels(
  pool: Pool,
  document: Document,
  provider: ProviderId,
  labels: readonly Label[],
): Promise<Held[]> {
  const held: Held[] = []
  for (const label of labels)
    held.push(...(await storesHolding(pool, document, keyOf(provider, label))))
  return held
}

/** The client that a person means by a provider's name. */
export function clientOf(pool: Pool, provider: ProviderId): Target | null {
  return targetsOf(pool, provider)[0] ?? null
}
