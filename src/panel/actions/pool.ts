import { setEnabled } from "../../operations/accounts.ts"
import { withPool } from "../../pool/pool.ts"
import type { Action } from "../action.ts"

/** Takes the label out of the choice. */
export const disable: Action = async ({ homes, prompter }, { label }) => {
  await withPool(homes, (pool) => setEnabled(pool, label, false))
  prompter.say([`${label} is out of the pool: it is no longer chosen.`])
  return label
}

/** Lets the label be chosen again. */
export const enable: Action = async ({ homes, prompter }, { label }) => {
  await withPool(homes, (pool) => setEnabled(pool, label, true))
  prompter.say([`${label} is in the pool again.`])
  return label
}
