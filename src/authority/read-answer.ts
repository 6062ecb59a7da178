import { readWireJson, type WireJson } from "../domain/authority/wire-json.ts"
import type { JsonObject } from "../domain/login.ts"
import { fail } from "../system/errors.ts"
import type { SshLocator } from "./locator.ts"

type Why = Extract<WireJson, { kind: "fault" }>["why"]

const FAULTS: Record<Why, [code: string, what: string]> = {
  empty: ["authority_answer_cut_short", "answered nothing"],
  cut_short: ["authority_answer_cut_short", "sent an answer that is cut short"],
  not_json: ["authority_answer_not_json", "sent an answer that is not valid JSON"],
  too_deep: ["authority_answer_too_deep", "sent an answer that is nested too deeply"],
  not_object: ["authority_answer_not_json", "sent an answer that is no JSON object"],
}

/** The JSON object that a remote program printed, tokens sealed; stops where it printed none. */
export function readAnswer(locator: SshLocator, stdout: string): JsonObject {
  const read = readWireJson(stdout)
  if (read.kind === "object") return read.object
  const [code, what] = FAULTS[read.why]
  return fail(code, `${locator.display} ${what}; nothing was changed here`, AGAIN)
}

/** Stops because an answer is not of the form that this aim knows. */
export function failUnknownAnswer(locator: SshLocator): never {
  return fail(
    "authority_answer_unknown",
    `${locator.display} sent an answer that this aim does not know; nothing was changed here`,
    "see to it that the same aim is on both machines: aim --version",
  )
}

/** Stops because the other side is ahead of this one. */
export function failNewerAnswer(locator: SshLocator): never {
  return fail(
    "authority_newer",
    `${locator.display} has a newer aim, whose answer this one does not know`,
    "update aim on this machine, then run the command again",
  )
}

const AGAIN =
  "run the command again; see also that the login's shell there prints nothing of its own"
