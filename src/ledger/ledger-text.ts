import type { JsonObject } from "../domain/login.ts"
import { seal } from "../system/secret.ts"

/**
 * What a token looks like where it stands as mere text: a JWT, an Anthropic token, an OpenAI
 * refresh token (as issued to Codex CLI 0.169). The last guard; Secrets never get this far.
 */
const TOKEN_SHAPED =
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|\bsk-ant-[\w-]{16,}|\brt[._][\w.-]{24,}/g

/** JSON text for the ledger: Secrets, strings under a token's key and token shapes are redacted. */
export function ledgerText(value: unknown): string {
  return withoutTokens(JSON.stringify(seal(value)))
}

/** A text for the ledger: whatever has the shape of a token is redacted. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN_SHAPED, "[redacted]")
}

/** The object that {@link ledgerText} wrote; null for anything else. */
export function parseLedgerText(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null
  } catch {
    return null
  }
}
