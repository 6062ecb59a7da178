import { fetchOffer } from "../../authority/fetch-offer.ts"
import type { Locator } from "../../authority/locator.ts"
import { sendPromotion } from "../../authority/send-promotion.ts"
import type { Offer } from "../../domain/authority/portable.ts"
import { credentialFingerprint } from "../../domain/fingerprint.ts"
import { markPromoted } from "../../domain/promotion/mark.ts"
import type { Promoted, Promotion } from "../../domain/promotion/promotion.ts"
import type { ProviderId } from "../../domain/provider-id.ts"
import { withAuthority } from "../../pool/authority.ts"
import { commit } from "../../pool/commit.ts"
import type { Pool } from "../../pool/pool.ts"
import { now } from "../../system/clock.ts"
import { AimError } from "../../system/errors.ts"
import { isoTime } from "../../system/time.ts"
import { applyPromotionHere } from "../apply-promotion.ts"

/**
 * Hands a promotion to its authority and notes here what it took; no lock is held meanwhile. Where
 * no answer came, or a refusal, the authority is looked at once: if it has just what was sent, an
 * earlier answer was lost, and that is a success.
 */
export async function promoteTo(
  pool: Pool,
  locator: Locator,
  provider: ProviderId,
  promotion: Promotion,
): Promise<Promoted> {
  const promoted = await sent(pool, locator, provider, promotion)
  await commit(pool, (document) => markPromoted(document, provider, promotion, promoted.observedAt))
  return promoted
}

async function sent(
  pool: Pool,
  locator: Locator,
  provider: ProviderId,
  promotion: Promotion,
): Promise<Promoted> {
  try {
    return locator.kind === "path"
      ? await withAuthority(pool, locator, (there) => takenThere(there, provider, promotion))
      : await sendPromotion(pool.homes, locator, provider, promotion)
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    const { labels } = promotion
    if (!(await stands(pool, locator, provider, promotion))) throw error
    const observedAt = isoTime(now())
    return { status: "noop", observedAt, target: locator.display, labels: Object.keys(labels) }
  }
}

async function takenThere(
  there: Pool,
  provider: ProviderId,
  promotion: Promotion,
): Promise<Promoted> {
  return (await applyPromotionHere(there, provider, promotion)).applied
}

/** True where the authority has all of it already; what can't be looked at has nothing. */
async function stands(
  pool: Pool,
  locator: Locator,
  provider: ProviderId,
  { labels }: Promotion,
): Promise<boolean> {
  const offer = await fetchOffer(pool.homes, locator, provider).then(
    (fetched): Offer | null => fetched.offer,
    (error: unknown) => {
      if (error instanceof AimError) return null
      throw error
    },
  )
  if (offer === null) return false
  return Object.entries(labels).every(([label, { credential }]) => {
    const there = Object.hasOwn(offer.credentials, label) ? offer.credentials[label] : undefined
    const print = credentialFingerprint(provider, credential)
    return print !== null && credentialFingerprint(provider, there) === print
  })
}
