import { showAccount } from "../../operations/accounts.ts"
import { showBrowser } from "../../operations/browser-show.ts"
import { withPool } from "../../pool/pool.ts"
import { accountDetailLines } from "../../render/accounts.ts"
import { browserLines } from "../../render/browser.ts"
import type { Action } from "../action.ts"

/** All that is known of the label; no secrets. */
export const showDetails: Action = async ({ homes, prompter, frame }, { label, browser }) => {
  const lines = await withPool(homes, async (pool) => [
    ...accountDetailLines(await showAccount(pool, label), frame),
    ...(browser === null ? [] : ["", ...browserLines(await showBrowser(pool, label), frame)]),
  ])
  prompter.say(lines)
  return label
}
