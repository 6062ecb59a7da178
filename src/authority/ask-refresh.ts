import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { SshLocator } from "./locator.ts"

/** What an authority answers to a consumer that needs a newer pair of a label. */
export type RefreshAnswer =
  /** Its newest pair, sealed, as a portable record. */
  | { kind: "pair"; record: JsonObject }
  /** It has no newer one than the consumer. */
  | { kind: "same" }
  /** It gave none; `why` is a code (`no_aim`, `reference`, `busy`, `transient` …). */
  | { kind: "cannot"; why: string }
  /** The issuer refuses the authority's pair for good. */
  | { kind: "dead"; reason: string }

/**
 * Asks the authority behind ssh to refresh a label under its own lease, and for the pair that it
 * then has. `known` is the SHA-256 of the refresh token that the consumer holds, or null.
 */
export async function askRefresh(
  _homes: Homes,
  _locator: SshLocator,
  _key: { provider: ProviderId; label: Label },
  _known: string | null,
): Promise<RefreshAnswer> {
  return fail("not_built_yet", "under construction")
}
