import type { Finding } from "../../domain/receipt.ts"
import type { Pool } from "../../pool/pool.ts"
import { now } from "../../system/clock.ts"
import { isoTime } from "../../system/time.ts"
import type { Acted } from "./act.ts"

/** The present label's quota can't be read: what a tick says of it when that begins. */
export type Outage = {
  finding: Finding
  /** Epoch ms until which the issuer asked to be left alone; null where it did not. */
  waitUntil: number | null
}

type Seen = Pick<Acted, "mine" | "choice">

const KINDS: Readonly<Record<string, string>> = {
  transient: "provider_unreachable",
  protocol: "provider_unreachable",
  not_reached: "provider_unreachable",
  unauthorized: "usage_refused",
  rate_limited: "usage_rate_limited",
  waiting: "usage_rate_limited",
}

/** Whether a tick's present label can't be read, and why; null while that is no trouble. */
export function outageOf(pool: Pool, seen: Seen): Outage | null {
  const { mine } = seen
  if (mine === null) return null
  const { key } = mine
  const probe = pool.ledger.probeState(key)
  // Asked too lately to be asked again: it stands as it was answered then.
  const outcome = mine.outcome === "cached" ? (probe.lastOutcome ?? "cached") : mine.outcome
  const kind = KINDS[outcome]
  if (kind === undefined || !isTrouble(seen, outcome)) return null
  const until = kind === "usage_rate_limited" ? probe.retryAfterUntil : null
  const waitUntil = until === null || until <= now() ? null : until
  const why =
    waitUntil === null
      ? (mine.detail ?? outcome)
      : `rate-limited, the issuer asked to wait until ${isoTime(waitUntil)}`
  const detail = `the quota of \`${key.label}\` can't be read (${why}); until it can, nothing is changed for want of a reading`
  const wait = waitUntil === null ? {} : { waitUntil: isoTime(waitUntil) }
  return { finding: { kind, label: key.label, ...wait, detail }, waitUntil }
}

/**
 * A refusal counts where the label's login lives on: a dead one is left for another reason. A wait
 * that the issuer asked for is how its endpoint works, until the last reading is too old to decide by.
 */
function isTrouble({ mine, choice }: Seen, outcome: string): boolean {
  const terms = choice?.terms.find(({ label }) => label === mine?.key.label)
  if (outcome === "unauthorized") return choice?.kept === true && terms?.whyNot !== "not_ready"
  const waits = outcome === "rate_limited" || outcome === "waiting"
  return !waits || terms?.known === false
}
