import { promoteLabels } from "../../operations/promote-labels.ts"
import { withPool } from "../../pool/pool.ts"
import { promoteLines } from "../../render/promote.ts"
import type { Action } from "../action.ts"

/** A renewal before, and what an authority may take. */
const PROMOTE_LIMIT = 240

/** Hands the label's login to the authority that it came from, as `aim promote` does. */
export const promote: Action = async (
  { homes, prompter, frame },
  { label, provider, imported },
) => {
  const options = { to: imported?.source ?? null, labels: [label], dryRun: false }
  const done = withPool(homes, (pool) => promoteLabels(pool, provider, options))
  const promoted = await prompter.busy("the authority to take it", PROMOTE_LIMIT, done)
  prompter.say(promoteLines(promoted, frame))
  return label
}
