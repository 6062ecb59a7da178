import type { Offer } from "../domain/portable.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { Locator } from "./locator.ts"

/** One provider's portable records as an authority has them now, and how they came here. */
export type Fetched = {
  /** `whole-file`: everything in the state file crossed, since no aim answered there. */
  transport: "path" | "aim" | "whole-file"
  /** The version of the aim that answered, where one did. */
  remoteVersion: string | null
  offer: Offer
  /** How to have less cross the wire, or null. */
  hint: string | null
}

/** Reads what an authority offers of one provider; changes nothing there. */
export async function fetchOffer(
  _homes: Homes,
  _locator: Locator,
  _provider: ProviderId,
): Promise<Fetched> {
  return fail("not_built_yet", "under construction")
}
