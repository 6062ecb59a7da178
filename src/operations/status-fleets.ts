import { join } from "node:path"
import { asObject, type Document, targetBlock } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { storedReceipt, storedText, storedTexts } from "./status-stored.ts"

/** OpenClaw as the vault has it; aim reads no file of OpenClaw yet. */
export type OpenclawStatus = {
  unsupported_yet: true
  assignments: { [agent: string]: Label }
  exclusions: { [agent: string]: string }
  lastApplyReceipt: JsonObject | null
  lastRebalancedAt: string | null
}

/** Hermes as the vault has it; counts that only a look at the homes could give are null. */
export type HermesStatus = {
  unsupported_yet: true
  profilesRoot: string
  homeCount: number
  mappedHomeCount: number | null
  warningHomeCount: number | null
  spread: {
    label: Label
    carriedHomeCount: number | null
    carriedDemandWeight: number | null
  }[]
  homes: HermesHome[]
  lastApplyReceipt: JsonObject | null
  lastWatchReceipt: JsonObject | null
  lastRebalancedAt: string | null
}

type HermesHome = ReturnType<typeof hermesHome>

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

function hermesHome(homeId: string, homeDir: string, demand: unknown) {
  return {
    homeId,
    homeDir,
    authPath: join(homeDir, "auth.json"),
    stateDbPath: join(homeDir, "state.db"),
    currentLabel: null,
    matchMode: "none" as const,
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
