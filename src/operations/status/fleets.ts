import { join } from "node:path"
import type { InferOutput } from "valibot"
import { asObject, type Document, targetBlock } from "../../domain/document.ts"
import type * as schema from "./schema/fleets.ts"
import { storedReceipt, storedText, storedTexts } from "./stored.ts"

export type OpenclawStatus = InferOutput<typeof schema.OpenclawStatus>
export type HermesStatus = InferOutput<typeof schema.HermesStatus>

/** What the vault has stored of OpenClaw's agents; no file of theirs is read yet. */
export function openclawStatus(document: Document): OpenclawStatus {
  const block = targetBlock(document, "openclaw")
  return {
    unsupported_yet: true,
    assignments: storedTexts(block.assignments),
    exclusions: storedTexts(block.exclusions),
    lastApplyReceipt: storedReceipt(block.lastApplyReceipt),
    lastRebalancedAt: storedText(block.lastRebalancedAt),
  }
}

/** The homes are those that the vault has measured; which of them still stand, nobody looks. */
/** What the vault has stored of Hermes' homes; no file of theirs is read yet. */
export function hermesStatus(document: Document, userHome: string): HermesStatus {
  const block = asObject(asObject(document.pool.openaiCodex)?.hermesFleet) ?? {}
  const profilesRoot = join(userHome, ".hermes", "profiles")
  const homes = Object.entries(asObject(block.demandByHome) ?? {}).map(([homeId, demand]) =>
    hermesHome(homeId, join(profilesRoot, homeId), demand),
  )
  const lastApplyReceipt = storedReceipt(block.lastApplyReceipt)
  const rows: unknown = lastApplyReceipt?.perAccountLoad
  return {
    unsupported_yet: true,
    profilesRoot,
    homeCount: homes.length,
    mappedHomeCount: null,
    warningHomeCount: null,
    spread: (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
      const { label, carriedAgentCount, carriedDemandWeight } = asObject(row) ?? {}
      if (typeof label !== "string") return []
      return [
        {
          label,
          carriedHomeCount: numberOf(carriedAgentCount),
          carriedDemandWeight: numberOf(carriedDemandWeight),
        },
      ]
    }),
    homes,
    lastApplyReceipt,
    lastWatchReceipt: storedReceipt(block.lastWatchReceipt),
    lastRebalancedAt: storedText(block.lastRebalancedAt),
  }
}

function hermesHome(
  homeId: string,
  homeDir: string,
  demand: unknown,
): HermesStatus["homes"][number] {
  return {
    homeId,
    homeDir,
    authPath: join(homeDir, "auth.json"),
    stateDbPath: join(homeDir, "state.db"),
    currentLabel: null,
    matchMode: "none",
    authDrifted: null,
    needsSync: null,
    activeAccountPresent: null,
    activeCredentialPresent: null,
    demand: storedReceipt(demand),
    readback: null,
    warnings: [],
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null
}
