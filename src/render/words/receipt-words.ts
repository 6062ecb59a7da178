import { asObject } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import { reasonText } from "./reason.ts"

/** What a receipt was for, in words: `codex use`, `account rename`. */
export function actOf(action: string): string {
  return action.replaceAll("_", " ")
}

/** Before and after, where there are two: `boss -> qa`; else the label, or those that it changed. */
export function moveOf(receipt: JsonObject): string {
  const to = text(receipt.label) ?? text(receipt.currentLabelAfter)
  const from = text(receipt.previousLabel) ?? text(receipt.from) ?? text(receipt.currentLabelBefore)
  if (to === null) return from ?? changedLabels(receipt).join(", ")
  return from === null || from === to ? to : `${from} -> ${to}`
}

/** Why it came out as it did: what blocked it, else its reason, else what came of it. */
export function causeOf(receipt: JsonObject): string {
  const blocker = first(receipt.blockers)
  if (receipt.status === "blocked" && blocker !== null) return words(text(blocker.kind) ?? "")
  const reason = list(receipt.reasons)[0] ?? asObject(receipt.decision)?.reason
  const left = text(receipt.previousLabel) ?? text(receipt.currentLabelBefore)
  if (typeof reason === "string") return reasonText(reason, left)
  const changes = changesIn(receipt)
  if (changes !== null) return changesText(changes)
  const outcome = text(receipt.outcome) ?? text(receipt.adoption)
  const why = text(receipt.reason)
  if (outcome === null) return why === null ? (text(receipt.detail) ?? "") : words(why)
  return why === null ? words(outcome) : `${words(outcome)}: ${words(why)}`
}

/** The labels that an import changed, or those that a promotion or another act was about. */
function changedLabels(receipt: JsonObject): string[] {
  const changes = changesIn(receipt)
  const labels = changes?.filter((each) => kindOf(each) !== null).map(({ label }) => label)
  return (labels ?? list(receipt.labels)).flatMap((label) => text(label) ?? [])
}

/** `2 added, 1 removed`, in the order in which they first come. */
function changesText(changes: readonly JsonObject[]): string {
  const kinds = changes.flatMap((each) => kindOf(each) ?? [])
  const counts = [...new Set(kinds)].map(
    (kind) => `${kinds.filter((each) => each === kind).length} ${words(kind)}`,
  )
  return counts.join(", ") || "nothing new"
}

/** What an import did with one label; null where it is as before. */
function kindOf({ change, from, settings }: JsonObject): string | null {
  if (change !== "kept") return text(change)
  if (text(from) !== null) return "renamed"
  return list(settings).length > 0 ? "set as there" : null
}

/** What an import did with each label; null for any other receipt. */
function changesIn({ changes }: JsonObject): JsonObject[] | null {
  if (!Array.isArray(changes)) return null
  return changes.map((each: unknown) => asObject(each) ?? {})
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
