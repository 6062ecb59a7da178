import type { Secret } from "../system/secret.ts"

export type Claims = Readonly<Record<string, unknown>>

/** A token's claims never change, and one command asks for them again and again. */
const known = new WeakMap<Secret, Claims | null>()

/** The claims of a JWT, read without any check of its signature; null for anything else. */
export function readClaims(token: Secret | null | undefined): Claims | null {
  if (token == null) return null
  const before = known.get(token)
  if (before !== undefined) return before
  const claims = parseClaims(token)
  known.set(token, claims)
  return claims
}

function parseClaims(token: Secret): Claims | null {
  const parts = token.reveal().split(".")
  const payload = parts[1]
  if (parts.length !== 3 || payload === undefined || parts.some((part) => part === "")) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))
    return typeof claims === "object" && claims !== null && !Array.isArray(claims)
      ? (claims as Claims)
      : null
  } catch {
    return null
  }
}

/** True for three non-empty dot-separated parts: what Codex 0.169.0 asks of an `id_token`. */
export function looksLikeJwt(token: Secret | null | undefined): boolean {
  const parts = token?.reveal().split(".") ?? []
  return parts.length === 3 && parts.every((part) => part !== "")
}

/** The last moment that a time text can name. */
const LAST_TIME = 8.64e15

/** A NumericDate claim (seconds) as epoch milliseconds; null for none, and for what is no time. */
export function claimTime(claims: Claims | null, name: "exp" | "iat"): number | null {
  const value = claims?.[name]
  if (typeof value !== "number" || !(value > 0)) return null
  return value * 1000 <= LAST_TIME ? value * 1000 : null
}

/** A text claim with something in it, or null. */
export function claimText(claims: unknown, name: string): string | null {
  if (typeof claims !== "object" || claims === null) return null
  const value = (claims as Record<string, unknown>)[name]
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
