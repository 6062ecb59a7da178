import { fetchOffer } from "../../src/authority/fetch-offer.ts"
import { sendPromotion } from "../../src/authority/send-promotion.ts"
import { credentialFingerprint } from "../../src/domain/fingerprint.ts"
import type { JsonObject } from "../../src/domain/login.ts"
import { pairHash } from "../../src/domain/pair.ts"
import {
  PROMOTION_KIND,
  type Promotion,
  promotionEntry,
} from "../../src/domain/promotion/promotion.ts"
import type { ProviderId } from "../../src/domain/provider-id.ts"
import { type Secret, seal } from "../../src/system/secret.ts"
import type { AuthorityWorld } from "./authority-world.ts"

/** The provider of these promotions. */
export const CODEX: ProviderId = "openai-codex"

/** What a consumer promotes that imported `base` and holds `record` now. */
export function promotionOf(
  labels: Record<string, { record: JsonObject; base: JsonObject }>,
): Promotion {
  const entries = Object.entries(labels).map(([label, { record, base }]) => {
    const known = { credentialFingerprint: credentialFingerprint(CODEX, base) }
    return [label, promotionEntry(CODEX, record, known)] as const
  })
  return {
    kind: PROMOTION_KIND[CODEX],
    sentAt: new Date().toISOString(),
    sourceAuthority: "ssh://studio",
    labels: Object.fromEntries(entries),
  }
}

/** The record as a consumer has it after its own refresh of what it imported. */
export function rotated(world: AuthorityWorld, account: string, base: JsonObject): JsonObject {
  const login = world.there.sim.mintLogin(account)
  const { tokens } = world.there.sim.authJson(login)
  const { access_token: access, refresh_token: refresh, id_token: idToken } = tokens
  const former = [pairHash(base.refresh as Secret)]
  const fields = seal({ access, refresh, idToken, formerPairs: former }) as JsonObject
  return { ...base, ...fields }
}

/** What the authority offers of a label now. */
export const offered = async (world: AuthorityWorld, label = "boss") =>
  (await fetchOffer(world.homes, world.locator, CODEX)).offer.credentials[label] as JsonObject
/** Sends a promotion over ssh. */
export const send = (world: AuthorityWorld, promotion: Promotion) =>
  sendPromotion(world.homes, world.locator, CODEX, promotion)
/** The refresh token that the authority stores. */
export const refreshOf = async (world: AuthorityWorld, label = "boss") =>
  (await world.there.vault()).credentials[CODEX]?.[label]?.refresh
