import { bundleOf, missingFrom, recordFields } from "./claude-bundle.ts"
import type { JsonObject } from "./login.ts"

/** What `oauthAccount` says in a record's summary. */
const SUMMARY = ["emailAddress", "organizationName", "organizationUuid"]

/**
 * The fields that a Claude login brings into a record. A store whose `oauthAccount` is missing or is
 * another's brings its tokens alone: what the label has stored of its account stays.
 */
export function claudeFields(record: JsonObject | null, fields: JsonObject): JsonObject {
  const [incoming, stored] = [bundleOf(fields), bundleOf(record)]
  if (incoming === null || stored === null) return fields
  if (Object.keys(incoming.oauthAccount).length > 0) return fields
  const { oauthAccount } = stored
  const kept = Object.fromEntries(
    SUMMARY.flatMap((key) => (record?.[key] === undefined ? [] : [[key, record[key]]])),
  )
  return { ...fields, ...kept, nativeClaudeBundle: { ...incoming, oauthAccount } }
}

/** The fields that make a stored login whole with what a store has of the very same pair. */
export function completedBundle(record: JsonObject, fields: JsonObject): JsonObject | null {
  const incoming = bundleOf(claudeFields(record, fields))
  const stored = bundleOf(record)
  if (incoming === null) return null
  const lacks = stored === null ? Number.POSITIVE_INFINITY : missingFrom(stored).length
  return missingFrom(incoming).length < lacks ? recordFields(incoming) : null
}
