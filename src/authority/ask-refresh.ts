import { type RefreshAnswer, readRefreshAnswer } from "../domain/authority/refresh.ts"
import type { Label } from "../domain/label.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import type { Homes } from "../system/homes.ts"
import type { SshLocator } from "./locator.ts"
import { failUnknownAnswer, readAnswer } from "./read-answer.ts"
import { failRemote, remoteCode } from "./remote-failure.ts"
import { askAim, FOREIGN_AIM, NO_AIM, REFERENCE_AIM } from "./remote-script.ts"
import { overSsh, REFRESH_LIMITS, type SshLimits } from "./ssh.ts"

export type { RefreshAnswer }

const NOBODY: Readonly<Record<number, string>> = {
  [NO_AIM]: "no_aim",
  [FOREIGN_AIM]: "foreign_aim",
  [REFERENCE_AIM]: "reference",
}

/**
 * Asks the authority behind ssh to refresh a label under its own lease, and for the pair that it
 * then has. `known` is the SHA-256 of the refresh token that the consumer holds, or null: a pair
 * that both hold is posted there, any other is answered with as it stands. `via` names the states
 * that have asked for it so far. Where no aim of ours is there, or too old a one, it `cannot`; stops
 * with an `authority_…` problem where nobody could be asked.
 */
export async function askRefresh(
  homes: Homes,
  locator: SshLocator,
  key: { provider: ProviderId; label: Label },
  known: string | null,
  via: readonly string[] = [],
  limits: SshLimits = REFRESH_LIMITS,
): Promise<RefreshAnswer> {
  const words = ["internal", "refresh", key.provider, key.label, "--json"]
  const all = [
    ...words,
    ...(known === null ? [] : [`--known=${known}`]),
    ...(via.length === 0 ? [] : [`--via=${via.join(",")}`]),
  ]
  const result = await overSsh(homes, locator, askAim(all, locator), limits)
  const nobody = NOBODY[result.code]
  if (nobody !== undefined) return { kind: "cannot", why: nobody }
  if (remoteCode(result) === "unknown_command") return { kind: "cannot", why: "too_old" }
  if (result.code !== 0) return failRemote(locator, result)
  return readRefreshAnswer(readAnswer(locator, result.stdout), key) ?? failUnknownAnswer(locator)
}
