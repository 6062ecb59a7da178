import type { Document } from "../domain/document.ts"
import { AimError, fail } from "../system/errors.ts"
import { openVault } from "../vault/open.ts"
import { parseState } from "../vault/parse.ts"
import type { PathLocator, SshLocator } from "./locator.ts"
import { failNewerAnswer } from "./read-answer.ts"
import { failRemote } from "./remote-failure.ts"
import type { RemoteResult } from "./ssh.ts"

const WHERE =
  "name aim's own file, such as <home>/.aimgr/secrets.json; a host alone is ssh://<host>"

/** Another aim's state file of this machine, migrated in memory only: nothing is written there. */
export async function readPathState({ file, display }: PathLocator): Promise<Document> {
  const { document, missing } = await read(file)
  if (missing) return fail("authority_state_missing", `there is no state file at ${display}`, WHERE)
  return document
}

async function read(file: string) {
  try {
    return await (await openVault(file)).read()
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    // The way out would mend another aim's file from here.
    return fail(`authority_${error.problem.code}`, error.problem.message, WHERE)
  }
}

/** A state file that crossed whole. */
export function readRemoteState(locator: SshLocator, result: RemoteResult): Document {
  if (result.code !== 0) return failRemote(locator, result)
  // Both programs write the last brace on a line of its own.
  const cut = !/(^|\n)\}\s*$/.test(result.stdout) && !/^\s*\{.*\}\s*$/.test(result.stdout)
  const state = parseState(result.stdout)
  if (state.kind === "state") return state.document
  if (state.code === "state_newer") return failNewerAnswer(locator)
  return fail(
    cut ? "authority_answer_cut_short" : `authority_${state.code}`,
    `the state file of ${locator.display} ${state.what}; nothing was changed here`,
    cut ? "run the command again" : "see to it that the locator names aim's state file",
  )
}
