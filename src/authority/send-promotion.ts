import type { Promoted, Promotion } from "../domain/promotion.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { SshLocator } from "./locator.ts"

/** Hands a promotion to the aim (or the reference program) of an authority behind ssh. */
export async function sendPromotion(
  _homes: Homes,
  _locator: SshLocator,
  _provider: ProviderId,
  _promotion: Promotion,
): Promise<Promoted> {
  return fail("not_built_yet", "under construction")
}
