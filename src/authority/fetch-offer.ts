import { readExport } from "../domain/authority/export.ts"
import { type Offer, offerOf } from "../domain/authority/portable.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import type { Locator, SshLocator } from "./locator.ts"
import { failNewerAnswer, failUnknownAnswer, readAnswer } from "./read-answer.ts"
import { readPathState, readRemoteState } from "./read-state-of.ts"
import { failRemote, remoteCode } from "./remote-failure.ts"
import { askAim, catState, FOREIGN_AIM, NO_AIM, REFERENCE_AIM } from "./remote-script.ts"
import { overSsh, READ_LIMITS, type RemoteResult, type SshLimits } from "./ssh.ts"

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

/** No operator has that many; each would be leased here, by a file of its own. */
const MOST_LABELS = 1_000

/**
 * Reads what an authority offers of one provider; changes nothing there. An aim behind ssh is asked
 * for that provider's labels alone; where there is none, the state file is read whole, as the
 * reference does.
 */
export async function fetchOffer(
  homes: Homes,
  locator: Locator,
  provider: ProviderId,
  limits: SshLimits = READ_LIMITS,
): Promise<Fetched> {
  const fetched = await fetchAny(homes, locator, provider, limits)
  if (Object.keys(fetched.offer.accounts).length <= MOST_LABELS) return fetched
  return fail(
    "authority_answer_too_large",
    `${locator.display} offers more than ${MOST_LABELS} labels, which no pool comes near`,
    "see to it that the locator names aim's state file; nothing was changed here",
  )
}

async function fetchAny(
  homes: Homes,
  locator: Locator,
  provider: ProviderId,
  limits: SshLimits,
): Promise<Fetched> {
  if (locator.kind === "path") {
    const offer = offerOf(await readPathState(locator), provider)
    return { transport: "path", remoteVersion: null, offer, hint: null }
  }
  const words = ["internal", "export", "--provider", provider, "--json"]
  const asked = await overSsh(homes, locator, askAim(words, locator), limits)
  const why = whyWhole(asked)
  if (why === null) return exported(locator, provider, asked)
  const whole = await overSsh(homes, locator, catState(locator), limits)
  const offer = offerOf(readRemoteState(locator, whole), provider)
  return { transport: "whole-file", remoteVersion: null, offer, hint: hintFor(locator, why) }
}

const WHY: Readonly<Record<number, string>> = {
  [NO_AIM]: "no aim was found there",
  [FOREIGN_AIM]: "what is called aim there is another program",
  [REFERENCE_AIM]: "the aim there is aimgr, which can't give less",
}

/** Why the state file must be read whole; null where an aim answered. */
function whyWhole(asked: RemoteResult): string | null {
  const why = WHY[asked.code]
  if (why !== undefined) return why
  return remoteCode(asked) === "unknown_command" ? "the aim there is too old to give less" : null
}

function hintFor({ target }: SshLocator, why: string): string {
  return `${why}, so its whole state file was read, other providers' logins too; this aim in PATH or ~/.local/bin of ${target} gives only what is asked for`
}

function exported(locator: SshLocator, provider: ProviderId, asked: RemoteResult): Fetched {
  if (asked.code !== 0) return failRemote(locator, asked)
  const read = readExport(readAnswer(locator, asked.stdout), provider)
  if (read.kind === "newer") return failNewerAnswer(locator)
  if (read.kind === "unknown") return failUnknownAnswer(locator)
  return { transport: "aim", remoteVersion: read.version, offer: read.offer, hint: null }
}
