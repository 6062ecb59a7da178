import type { JsonObject } from "../login.ts"
import { bundleOf, type ClaudeBundle, missingFrom, recordFields, scopesOf } from "./bundle.ts"

/** What `oauthAccount` says in a record's summary. */
const SUMMARY = ["emailAddress", "organizationName", "organizationUuid"]

/**
 * The fields that a Claude login brings into a record. A store whose `oauthAccount` is missing or is
 * another's brings its tokens alone: what the label has stored of its account stays.
 */
export function claudeFields(record: JsonObject | null, fields: JsonObject): JsonObject {
  const [incoming, stored] = [bundleOf(fields), bundleOf(record)]
  if (incoming === null || stored === null) return fields
  const whole = withGranted(incoming, stored)
  if (Object.keys(incoming.oauthAccount).length > 0)
    return whole === incoming ? fields : { ...fields, ...recordFields(whole) }
  const { oauthAccount } = stored
  const kept = Object.fromEntries(
    SUMMARY.flatMap((key) => (record?.[key] === undefined ? [] : [[key, record[key]]])),
  )
  return { ...fields, ...kept, nativeClaudeBundle: { ...whole, oauthAccount } }
}

/**
 * The login with the scopes that the label's login was granted, where it came without any: a reply
 * that names none leaves Claude Code 2.1.329 with an empty list, by which it is not logged in.
 */
function withGranted(incoming: ClaudeBundle, stored: ClaudeBundle): ClaudeBundle {
  const lacks = scopesOf(incoming.claudeAiOauth).length === 0
  if (!lacks || scopesOf(stored.claudeAiOauth).length === 0) return incoming
  const { scopes = [] } = stored.claudeAiOauth
  return { ...incoming, claudeAiOauth: { ...incoming.claudeAiOauth, scopes } }
}

/** The fields that make a stored login whole with what a store has of the very same pair. */
export function completedBundle(record: JsonObject, fields: JsonObject): JsonObject | null {
  const incoming = bundleOf(claudeFields(record, fields))
  const stored = bundleOf(record)
  if (incoming === null) return null
  const lacks = stored === null ? Number.POSITIVE_INFINITY : missingFrom(stored).length
  return missingFrom(incoming).length < lacks ? recordFields(incoming) : null
}
