import { Secret } from "../../system/secret.ts"
import { isoTime, parseIso } from "../../system/time.ts"
import { asObject } from "../document.ts"
import type { JsonObject } from "../login.ts"

/**
 * A native Claude login as Claude Code 2.1.329 keeps it: `claudeAiOauth` of `.credentials.json` and
 * `oauthAccount` of its app state, both as they stand there, tokens sealed. `{}` where one is missing.
 */
export type ClaudeBundle = { claudeAiOauth: JsonObject; oauthAccount: JsonObject }

/** The bundle in a credential record, or null. */
export function bundleOf(record: JsonObject | null): ClaudeBundle | null {
  const bundle = asObject(record?.nativeClaudeBundle)
  if (bundle === null) return null
  return {
    claudeAiOauth: asObject(bundle.claudeAiOauth) ?? {},
    oauthAccount: asObject(bundle.oauthAccount) ?? {},
  }
}

/** `expiresAt` in epoch ms from a number, a numeric text or an ISO time; null for anything else. */
export function expiryOf(oauth: JsonObject): number | null {
  const { expiresAt } = oauth
  if (typeof expiresAt === "number") return Number.isFinite(expiresAt) ? expiresAt : null
  if (typeof expiresAt !== "string" || expiresAt.trim() === "") return null
  const number = Number(expiresAt)
  return Number.isFinite(number) ? number : parseIso(expiresAt)
}

/** The scopes as the reference keeps them: trimmed, each once, none empty. */
export function scopesOf(oauth: JsonObject): string[] {
  const { scopes } = oauth
  if (!Array.isArray(scopes)) return []
  const texts = scopes.flatMap((scope) => (typeof scope === "string" ? [scope.trim()] : []))
  return [...new Set(texts.filter((scope) => scope !== ""))]
}

/** `expiresAt` as a number and clean scopes, all else verbatim, in its order. */
export function normalised({ claudeAiOauth, oauthAccount }: ClaudeBundle): ClaudeBundle {
  const expiresAt = expiryOf(claudeAiOauth)
  const oauth = {
    ...claudeAiOauth,
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(Array.isArray(claudeAiOauth.scopes) ? { scopes: scopesOf(claudeAiOauth) } : {}),
  }
  return { claudeAiOauth: oauth, oauthAccount }
}

/** What a bundle lacks of what the reference requires of a complete one, by the names of its keys. */
export function missingFrom(bundle: ClaudeBundle | null): string[] {
  const { claudeAiOauth, oauthAccount } = bundle ?? { claudeAiOauth: {}, oauthAccount: {} }
  const oauth = [
    ["accessToken", isFilled(claudeAiOauth.accessToken)],
    ["refreshToken", isFilled(claudeAiOauth.refreshToken)],
    ["expiresAt", (expiryOf(claudeAiOauth) ?? 0) > 0],
    ["subscriptionType", textIn(claudeAiOauth, "subscriptionType") !== null],
    ["rateLimitTier", textIn(claudeAiOauth, "rateLimitTier") !== null],
    ["scopes", scopesOf(claudeAiOauth).length > 0],
  ] as const
  const account = ["emailAddress", "organizationName", "organizationUuid"] as const
  return [
    ...oauth.flatMap(([key, is]) => (is ? [] : [`claudeAiOauth.${key}`])),
    ...account.flatMap((key) =>
      textIn(oauthAccount, key) === null ? [`oauthAccount.${key}`] : [],
    ),
  ]
}

/** The fields that a bundle brings into its label's record: the reference's summary and itself. */
export function recordFields(bundle: ClaudeBundle): JsonObject {
  const { claudeAiOauth, oauthAccount } = normalised(bundle)
  const expiresAt = expiryOf(claudeAiOauth)
  const fields: Record<string, unknown> = {
    access: claudeAiOauth.accessToken,
    refresh: claudeAiOauth.refreshToken,
    expiresAt: isoTime(expiresAt ?? 0),
  }
  for (const key of ["subscriptionType", "rateLimitTier"]) add(fields, key, claudeAiOauth)
  if (scopesOf(claudeAiOauth).length > 0) fields.scopes = scopesOf(claudeAiOauth)
  for (const key of ["emailAddress", "organizationName", "organizationUuid"])
    add(fields, key, oauthAccount)
  fields.nativeClaudeBundle = { claudeAiOauth, oauthAccount }
  return fields
}

function add(fields: Record<string, unknown>, key: string, from: JsonObject): void {
  const value = textIn(from, key)
  if (value !== null) fields[key] = value
}

function isFilled(token: unknown): boolean {
  return token instanceof Secret && !token.blank
}

/** A text that says something, trimmed; null for anything else. */
export function textIn(from: JsonObject, key: string): string | null {
  const value = Object.hasOwn(from, key) ? from[key] : undefined
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
