import { asObject } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import { reasonText } from "./reason.ts"

/** What a receipt was for, in words: `codex use`, `account rename`. */
export function actOf(action: string): string {
  return action.replaceAll("_", " ")
}

/** Before and after, where there are two: `boss -> qa`; else the label, else nothing. */
export function moveOf(receipt: JsonObject): string {
  const to = text(receipt.label) ?? text(receipt.currentLabelAfter)
  const from = text(receipt.previousLabel) ?? text(receipt.from) ?? text(receipt.currentLabelBefore)
  if (to === null) return from ?? ""
  return from === null || from === to ? to : `${from} -> ${to}`
}

/** Why it came out as it did: what blocked it, else its reason, else what came of it. */
export function causeOf(receipt: JsonObject): string {
  const blocker = first(receipt.blockers)
  if (receipt.status === "blocked" && blocker !== null) return words(text(blocker.kind) ?? "")
  const reason = list(receipt.reasons)[0] ?? asObject(receipt.decision)?.reason
  const left = text(receipt.previousLabel) ?? text(receipt.currentLabelBefore)
  if (typeof reason === "string") return reasonText(reason, left)
  const outcome = text(receipt.outcome) ?? text(receipt.adoption)
  const why = text(receipt.reason)
  if (outcome === null) return why === null ? (text(receipt.detail) ?? "") : words(why)
  return why === null ? words(outcome) : `${words(outcome)}: ${words(why)}`
}

/** `accountId` and `account_id` as people write it. */
export function words(name: string): string {
  return name
    .replaceAll("_", " ")
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`)
}

function first(value: unknown): JsonObject | null {
  const [item] = list(value)
  return typeof item === "object" && item !== null ? (item as JsonObject) : null
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null
}
