import type { Reading } from "../domain/window.ts"
import { MINUTE, SECOND } from "../system/time.ts"

/** Less is no fault: a header counts whole seconds, and a reply may be on its way for a while. */
const TOLERATED = 5 * MINUTE

/**
 * How far an issuer's clock is ahead of this machine's, ms (negative: behind), by the `Date` of a
 * reply that was asked for at `began` and read at `ended` (epoch ms of this machine). 0 where they
 * are within five minutes of each other, null where the reply tells no time. A reply out of a cache
 * is as old as its `Age` says (RFC 9111 §4.2.3).
 */
export function issuerLead(
  headers: Readonly<Record<string, string>>,
  began: number,
  ended: number,
): number | null {
  const age = /^\d{1,9}$/.test(headers.age ?? "") ? Number(headers.age) * SECOND : 0
  const told = Date.parse(headers.date ?? "") + age
  if (!Number.isFinite(told)) return null
  if (told > ended + TOLERATED) return told - ended
  return told < began - TOLERATED ? told - began : 0
}

/** A reading by the issuer's clock as this machine's clock tells it. */
export function onOurClock(reading: Reading, lead: number): Reading {
  if (lead === 0) return reading
  const windows = reading.windows.map((window) => ({
    ...window,
    resetAt: window.resetAt === null ? null : window.resetAt - lead,
  }))
  return { ...reading, observedAt: reading.observedAt - lead, windows }
}
