import * as v from "valibot"
import {
  anyObject,
  flagOrNull,
  numberOrNull,
  said,
  text,
  textOrNull,
  whole,
} from "../../../domain/schema-parts.ts"
import { storedReceipt, unsupported } from "./parts.ts"

/** OpenClaw as the vault has it; aim reads no file of OpenClaw yet. */
export const OpenclawStatus = v.object({
  unsupported_yet: unsupported,
  assignments: said(v.record(text, text), "agents and the label of each"),
  exclusions: said(v.record(text, text), "agents that are left alone, and why"),
  lastApplyReceipt: storedReceipt,
  lastRebalancedAt: textOrNull,
})

/** Hermes as the vault has it; what only a look at the homes could give is null. */
export const HermesStatus = v.object({
  unsupported_yet: unsupported,
  profilesRoot: text,
  homeCount: whole,
  mappedHomeCount: numberOrNull,
  warningHomeCount: numberOrNull,
  spread: v.array(
    v.object({ label: text, carriedHomeCount: numberOrNull, carriedDemandWeight: numberOrNull }),
  ),
  homes: v.array(
    v.object({
      homeId: text,
      homeDir: text,
      authPath: text,
      stateDbPath: text,
      currentLabel: textOrNull,
      matchMode: text,
      authDrifted: flagOrNull,
      needsSync: flagOrNull,
      activeAccountPresent: flagOrNull,
      activeCredentialPresent: flagOrNull,
      demand: v.nullable(anyObject),
      readback: v.nullable(anyObject),
      warnings: v.array(text),
    }),
  ),
  lastApplyReceipt: storedReceipt,
  lastWatchReceipt: storedReceipt,
  lastRebalancedAt: textOrNull,
})
