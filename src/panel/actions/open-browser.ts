import { openFor } from "../../operations/open-page.ts"
import { withPool } from "../../pool/pool.ts"
import { openedLines } from "../../render/browser.ts"
import type { Action } from "../action.ts"

/** How long a browser may take to start or to fail. */
const START_LIMIT = 30

/** Opens the provider's page in exactly the browser that the label is bound to. */
export const openBrowser: Action = async ({ homes, prompter }, { label }) => {
  const opening = withPool(homes, (pool) => openFor(pool, label, null))
  prompter.say(openedLines(await prompter.busy("the browser to start", START_LIMIT, opening)))
  return label
}
