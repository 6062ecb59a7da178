import { Secret } from "../system/secret.ts"
import { claudeFields, completedBundle } from "./claude/merge.ts"
import type { Identity } from "./identity.ts"
import { pairHash, withFormerPair } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"

export type JsonObject = { readonly [key: string]: unknown }

/**
 * A login as it was read from a client's store or from an issuer's reply: the pair, whose it is,
 * and the fields that it brings into the vault's credential record (tokens among them as Secrets).
 */
export type Login = {
  provider: ProviderId
  access: Secret
  refresh: Secret
  /** When the access token ends, epoch ms; null when nobody says. */
  expiresAt: number | null
  identity: Identity
  fields: JsonObject
}

/**
 * The credential record after `login` has become the label's pair: unknown keys stay, the pair
 * that leaves is remembered by its hash, a verdict on it goes, and a real id token is never
 * replaced by the reference program's habit (a copy of the access token) or by nothing.
 */
export function adoptLogin(record: JsonObject | null, login: Login): JsonObject {
  const { verdict, ...kept } = record ?? {}
  const outgoing = asSecret(record?.refresh)
  const rotated = outgoing !== null && !outgoing.equals(login.refresh)
  const merged: Record<string, unknown> = { ...kept, ...fieldsOf(record, login) }
  const tokensExtra = { ...asExtra(record?.tokensExtra), ...asExtra(login.fields.tokensExtra) }
  if (Object.keys(tokensExtra).length > 0) merged.tokensExtra = tokensExtra
  else delete merged.tokensExtra
  const idToken = realIdToken(login.fields.idToken, login.access) ?? storedIdToken(record)
  if (idToken !== null) merged.idToken = idToken
  if (!rotated && verdict !== undefined) merged.verdict = verdict
  const former = stringList(record?.formerPairs)
  const formerPairs = (rotated ? withFormerPair(former, outgoing) : former).filter(
    (hash) => hash !== pairHash(login.refresh),
  )
  if (formerPairs.length > 0) merged.formerPairs = formerPairs
  else delete merged.formerPairs
  return merged
}

/**
 * The record with what it lacks of the pair that it holds already: its real id token and what
 * else the client keeps with the login. The same record when it lacks nothing.
 */
export function completeLogin(record: JsonObject, login: Login): JsonObject {
  if (login.provider === "anthropic") {
    const fields = completedBundle(record, login.fields)
    return fields === null ? record : { ...record, ...fields }
  }
  const idToken = realIdToken(login.fields.idToken, login.access)
  const lacksIdToken = idToken !== null && storedIdToken(record) === null
  const extra = { ...asExtra(login.fields.tokensExtra), ...asExtra(record.tokensExtra) }
  const lacksExtra = Object.keys(extra).length > Object.keys(asExtra(record.tokensExtra)).length
  if (!lacksIdToken && !lacksExtra) return record
  return {
    ...record,
    ...(lacksIdToken ? { idToken } : {}),
    ...(lacksExtra ? { tokensExtra: extra } : {}),
  }
}

function fieldsOf(record: JsonObject | null, { provider, fields }: Login): JsonObject {
  return provider === "anthropic" ? claudeFields(record, fields) : fields
}

/** An id token if it is one of its own and not a copy of the access token. */
function realIdToken(idToken: unknown, access: Secret | null): Secret | null {
  const token = asSecret(idToken)
  return token !== null && !token.blank && !token.equals(access) ? token : null
}

function storedIdToken(record: JsonObject | null): Secret | null {
  return realIdToken(record?.idToken, asSecret(record?.access))
}

function asSecret(value: unknown): Secret | null {
  return value instanceof Secret ? value : null
}

function asExtra(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? (value as JsonObject) : {}
}

function stringList(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : []
}
