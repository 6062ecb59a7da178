import * as v from "valibot"
import { asObject } from "../domain/document.ts"
import type { JsonObject } from "../domain/login.ts"
import { type Promoted, type Promotion, promotionText } from "../domain/promotion/promotion.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import { parseIso } from "../system/time.ts"
import type { SshLocator } from "./locator.ts"
import { failUnknownAnswer, readAnswer } from "./read-answer.ts"
import { failRemote } from "./remote-failure.ts"
import { askAimOrReference, FOREIGN_AIM, NO_AIM } from "./remote-script.ts"
import { overSsh, type RemoteResult, type SshLimits, WRITE_LIMITS } from "./ssh.ts"

const COMMAND: Record<ProviderId, string> = {
  "openai-codex": "apply-codex-promotion",
  anthropic: "apply-claude-promotion",
}

const Answer = v.object({
  status: v.picklist(["applied", "noop"]),
  observedAt: v.pipe(
    v.string(),
    v.check((text) => parseIso(text) !== null, "is no time"),
  ),
  target: v.string(),
  labels: v.array(v.string()),
})

/**
 * Hands a promotion to the aim of an authority behind ssh, or to the reference program there; the
 * tokens go in by stdin. Where the answer is lost, the same promotion may be sent again to an aim:
 * what it holds already is a success. Stops with `promotion_conflict` where the authority's login
 * has changed since the import, and with `authority_…` where it could not be asked.
 */
export async function sendPromotion(
  homes: Homes,
  locator: SshLocator,
  provider: ProviderId,
  promotion: Promotion,
  limits: SshLimits = WRITE_LIMITS,
): Promise<Promoted> {
  const command = askAimOrReference(["internal", COMMAND[provider]], locator)
  const result = await overSsh(homes, locator, command, limits, promotionText(promotion))
  if (result.code === NO_AIM || result.code === FOREIGN_AIM) return failMissingAim(locator, result)
  if (result.code !== 0) return failRemote(locator, result)
  const answer = readAnswer(locator, result.stdout)
  return promoted(locator, promotion, asObject(answer.applied) ?? answer)
}

function promoted(locator: SshLocator, { labels }: Promotion, applied: JsonObject): Promoted {
  const parsed = v.safeParse(Answer, applied)
  const asked = Object.keys(labels)
  const isAll =
    parsed.success &&
    parsed.output.labels.length === asked.length &&
    asked.every((label) => parsed.output.labels.includes(label))
  return isAll ? parsed.output : failUnknownAnswer(locator)
}

function failMissingAim({ display, target }: SshLocator, { code }: RemoteResult): never {
  return fail(
    "authority_aim_missing",
    code === FOREIGN_AIM
      ? `what is called aim on ${display} is another program`
      : `no aim was found on ${display}`,
    `install aim on ${target}, in PATH or ~/.local/bin: only it can take a login over; nothing was sent`,
  )
}
