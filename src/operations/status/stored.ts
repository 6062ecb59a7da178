import { asObject } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import { ledgerText, parseLedgerText } from "../../ledger/ledger-text.ts"

/** A stored receipt as it may be shown: whatever looks like a token is redacted; null of none. */
export function storedReceipt(value: unknown): JsonObject | null {
  return asObject(value) === null ? null : parseLedgerText(ledgerText(value))
}

/** The texts of a stored map, such as agents and their labels; what is no text is left out. */
export function storedTexts(value: unknown): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries(asObject(value) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  )
}

/** A stored text that says something, or null. */
export function storedText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
