import { credentialRecord, type Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { standingVerdict } from "../domain/readiness.ts"
import { readinessOf } from "../domain/readiness-of.ts"
import { storedLogin } from "../domain/stored-login.ts"
import type { Reading } from "../domain/window.ts"
import type { LabelKey, ProbeState } from "../ledger/ledger.ts"
import type { UsageResult } from "../providers/provider.ts"
import { now } from "../system/clock.ts"
import { mapWithin } from "../system/limit.ts"
import { HOUR, SECOND } from "../system/time.ts"
import { noteClock } from "./clock-off.ts"
import { isActive, type Pool, providerFor } from "./pool.ts"

const EXCHANGE_LIMIT = 8 * SECOND
/** A round may last 12 s (design §5), a command with it: one of them is for all that is no round. */
const ROUND_LIMIT = 11 * SECOND
const AT_ONCE = 8

/** `fresh` asks when the cache is old, `live` asks anyway, `cached` never asks. */
export type UsageMode = "fresh" | "live" | "cached"

/**
 * What is known of one label's quota. `outcome` says how the reading came about: `cached`,
 * `read`, `not_reached` (the round's time was over), `waiting` (the endpoint asked to wait),
 * `no_login`, `access_expired`, or how asking failed.
 */
export type UsageView = {
  key: LabelKey
  reading: Reading | null
  outcome:
    | "cached"
    | "login_dead"
    | "read"
    | "not_reached"
    | "waiting"
    | "no_login"
    | "access_expired"
    | Failure
  detail: string | null
}
type Failure = "transient" | "rate_limited" | "unauthorized" | "unmetered" | "protocol"

/**
 * Reads the quota of many labels: from the ledger where that is fresh, else from the issuer, at
 * most 8 at a time, 8 s each, 11 s for the round. A label that was not reached or failed keeps
 * its last good reading with its age. Never refreshes; an expired access token is not asked with.
 */
export async function readUsage(
  pool: Pool,
  document: Document,
  keys: readonly LabelKey[],
  mode: UsageMode,
): Promise<UsageView[]> {
  const providers = new Set(keys.map(({ provider }) => provider))
  const readings: Readings = new Map(
    [...providers].map((provider) => [provider, pool.ledger.lastReadings(provider)]),
  )
  const views = new Map<LabelKey, UsageView>(
    keys.map((key) => [key, fromLedger(pool, document, key, mode, readings)]),
  )
  const asked = keys.filter((key) => views.get(key)?.outcome === "not_reached")
  await mapWithin(asked, { limit: AT_ONCE, deadlineMs: ROUND_LIMIT }, async (key, leftMs) => {
    views.set(key, await ask(pool, document, key, Math.min(EXCHANGE_LIMIT, leftMs)))
  })
  return keys.flatMap((key) => views.get(key) ?? [])
}

/** What the ledger has of each label: asked for all at once, as a status does it at every start. */
type Readings = ReadonlyMap<ProviderId, ReadonlyMap<Label, Reading>>

/** The answer without asking; `not_reached` marks a label that is to be asked. */
function fromLedger(
  pool: Pool,
  document: Document,
  key: LabelKey,
  mode: UsageMode,
  readings: Readings,
): UsageView {
  const reading = readings.get(key.provider)?.get(key.label) ?? null
  const view = (outcome: UsageView["outcome"], detail: string | null = null) => ({
    key,
    reading,
    outcome,
    detail,
  })
  const credential = storedLogin(document, key)
  if (credential === null) return view("no_login")
  const standing = (probe: ProbeState, detail: string | null = null) =>
    reading === null && probe.lastOutcome === "unmetered"
      ? view("unmetered", probe.lastDetail)
      : view("cached", detail)
  const at = now()
  const age = reading === null ? Number.POSITIVE_INFINITY : at - reading.observedAt
  if (mode === "cached")
    return reading === null ? standing(pool.ledger.probeState(key)) : view("cached")
  if (standingVerdict(credential) !== null) return view("login_dead")
  const probe = pool.ledger.probeState(key)
  const refused = reading !== null && wasRefusedSince(probe, reading.observedAt)
  const fresh = age >= 0 && age < providerFor(pool, key.provider).freshForMs
  if (mode === "fresh" && fresh && !refused) return view("cached")
  const expiry = credential.expiresAt
  if (expiry !== null && expiry <= at) return view("access_expired", "the access token has expired")
  const wait = probe.retryAfterUntil
  if (wait !== null && wait > at) return view("waiting", "the issuer asked to wait")
  if (wasAskedLately(probe, providerFor(pool, key.provider).askNoSoonerMs, at))
    return standing(probe, "asked too lately to ask again")
  return view("not_reached", "not reached in the time for one round")
}

/** An endpoint with a small allowance is not asked again so soon; a refusal of a token is no answer. */
function wasAskedLately(probe: ProbeState, askNoSoonerMs: number, at: number): boolean {
  const { lastAttemptAt, lastOutcome } = probe
  if (lastAttemptAt === null || lastOutcome === "unauthorized") return false
  return at >= lastAttemptAt && at - lastAttemptAt < askNoSoonerMs
}

/** An access token that was refused after the last good reading makes that reading stale. */
function wasRefusedSince({ lastOutcome, lastAttemptAt }: ProbeState, observedAt: number): boolean {
  return lastOutcome === "unauthorized" && (lastAttemptAt ?? 0) >= observedAt
}

async function ask(
  pool: Pool,
  document: Document,
  key: LabelKey,
  timeoutMs: number,
): Promise<UsageView> {
  const record = credentialRecord(document, key.provider, key.label)
  if (record === null) return { key, reading: null, outcome: "no_login", detail: null }
  const result = await providerFor(pool, key.provider).readUsage(record, timeoutMs)
  notePlace(pool, key, result)
  noteClock(pool, key.provider, result)
  if (result.kind === "reading") {
    pool.ledger.saveReading(key, result.reading, isActive(pool, document, key))
    return { key, reading: result.reading, outcome: "read", detail: null }
  }
  const detail = "detail" in result ? result.detail : null
  return { key, reading: pool.ledger.lastReading(key), outcome: result.kind, detail }
}

function notePlace(pool: Pool, key: LabelKey, result: UsageResult): void {
  const at = now()
  const patch: Partial<ProbeState> = {
    lastAttemptAt: at,
    lastOutcome: result.kind === "reading" ? "ok" : result.kind,
    lastDetail: "detail" in result ? result.detail : null,
    retryAfterUntil: null,
  }
  if (result.kind === "reading") patch.lastSuccessAt = at
  if (result.kind === "rate_limited") {
    const { waitAfter429Ms } = providerFor(pool, key.provider)
    patch.retryAfterUntil = at + Math.min(result.retryAfterMs ?? waitAfter429Ms, HOUR)
  }
  pool.ledger.saveProbe(key, patch)
}

/** The labels of a provider whose login could be asked with, were their access token not out. */
export function wantsRefresh(document: Document, view: UsageView): boolean {
  const ready = readinessOf(document, view.key, now()).status === "ready"
  return ready && (view.outcome === "access_expired" || view.outcome === "unauthorized")
}
