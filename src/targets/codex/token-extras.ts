import type { JsonObject } from "../../domain/login.ts"
import { Secret, unseal } from "../../system/secret.ts"
import type { AuthTokens } from "./auth-file.ts"

/** The keys of `tokens` that a credential record has names of its own for. */
const NAMED = new Set(["id_token", "access_token", "refresh_token", "account_id"])
/** Issuer and client id: no secrets, and a refresh has to read them. */
const PLAIN = "oauth_provenance"
const DEEPEST = 100

/** Everything else in `tokens`: it belongs to the login and travels with its label. */
export function extrasOf(tokens: AuthTokens): JsonObject {
  return Object.fromEntries(Object.entries(tokens).filter(([key]) => !NAMED.has(key)))
}

/**
 * The extras with every text sealed but the provenance: nobody knows what a new key holds.
 * Throws a RangeError for a depth that no login has and no vault would keep.
 */
export function sealExtras(extras: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(extras).map(([key, value]) => [
      key,
      key === PLAIN ? value : sealTexts(value, 0),
    ]),
  )
}

/** The extras of a credential record as they stand in a file. */
export function openExtras(extras: JsonObject | undefined): JsonObject {
  const open = Object.entries(extras ?? {}).map(([key, value]) => [key, unseal(value)] as const)
  return Object.fromEntries(open.filter(([key]) => !NAMED.has(key)))
}

function sealTexts(value: unknown, depth: number): unknown {
  if (typeof value === "string") return new Secret(value)
  if (typeof value !== "object" || value === null) return value
  if (depth > DEEPEST) throw new RangeError("nested too deeply")
  if (Array.isArray(value)) return value.map((item) => sealTexts(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, sealTexts(item, depth + 1)]),
  )
}
