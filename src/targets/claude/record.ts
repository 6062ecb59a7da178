import { bundleOf, type ClaudeBundle, missingFrom, normalised } from "../../domain/claude/bundle.ts"
import { claudeRecordIdentity } from "../../domain/claude/identity.ts"
import { claudeLogin } from "../../domain/claude/login.ts"
import { asObject } from "../../domain/document.ts"
import type { JsonObject, Login } from "../../domain/login.ts"
import { fail, type Problem } from "../../system/errors.ts"
import { Secret, unseal } from "../../system/secret.ts"
import { parseIso } from "../../system/time.ts"

/** The way out for a label whose stored login can't be written for Claude Code. */
export const LOG_IN_AGAIN =
  "log in to the account with `claude auth login` (over the old login: a logout would revoke it), then: aim claude capture-native <label>"

/** What of a record Claude Code can't work with, or null. */
export function incomplete(record: JsonObject): Problem | null {
  const bundle = bundleOf(record)
  const missing = bundle === null ? [] : missingFrom(bundle)
  if (bundle !== null && missing.length === 0) return null
  return {
    code: "missing_native_claude_bundle",
    message:
      bundle === null
        ? "the label has no native Claude login stored"
        : `the stored Claude login lacks ${missing.join(", ")}`,
    hint: LOG_IN_AGAIN,
  }
}

/**
 * The bundle of a record as Claude Code takes it, tokens as text; stops with
 * `missing_native_claude_bundle` where it is not complete. The record's own pair, by which the vault
 * knows the login, is the one in it.
 */
export function bundleToWrite(record: JsonObject): ClaudeBundle {
  const problem = incomplete(record)
  const bundle = bundleOf(record)
  if (problem !== null || bundle === null)
    return fail(
      problem?.code ?? "missing_native_claude_bundle",
      problem?.message ?? "no bundle is stored",
      problem?.hint,
    )
  const { claudeAiOauth, oauthAccount } = normalised(withPairOf(record, bundle))
  return {
    claudeAiOauth: asObject(unseal(claudeAiOauth)) ?? {},
    oauthAccount: asObject(unseal(oauthAccount)) ?? {},
  }
}

/** The login that a record would put into a store, or null when it is incomplete. */
export function loginOf(record: JsonObject): Login | null {
  const bundle = bundleOf(record)
  if (bundle === null || incomplete(record) !== null) return null
  const login = claudeLogin(withPairOf(record, bundle))
  return { ...login, identity: claudeRecordIdentity(record) }
}

function withPairOf(record: JsonObject, bundle: ClaudeBundle): ClaudeBundle {
  const { access, refresh } = record
  const isPair = access instanceof Secret && refresh instanceof Secret
  if (!isPair || access.blank || refresh.blank) return bundle
  if (refresh.equals(asToken(bundle.claudeAiOauth.refreshToken))) {
    if (access.equals(asToken(bundle.claudeAiOauth.accessToken))) return bundle
  }
  const expiresAt = parseIso(record.expiresAt) ?? bundle.claudeAiOauth.expiresAt
  const claudeAiOauth = {
    ...bundle.claudeAiOauth,
    accessToken: access,
    refreshToken: refresh,
    expiresAt,
  }
  return { ...bundle, claudeAiOauth }
}

function asToken(value: unknown): Secret | null {
  return value instanceof Secret ? value : null
}
