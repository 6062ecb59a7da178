import type { Label } from "../domain/label.ts"
import { type LabelView, viewLabel } from "../operations/label-view.ts"
import { withPool } from "../pool/pool.ts"
import { problemLines } from "../render/problem.ts"
import { AimError, fail } from "../system/errors.ts"
import { ACTIONS } from "./actions/registry.ts"
import type { ActionId } from "./entry.ts"
import { menuOf } from "./menu.ts"
import type { Panel } from "./panel.ts"
import { GAP } from "./sub-menu.ts"

/**
 * The guided panel of a label that there is: shows how it stands, asks, acts, and begins again until
 * the person is done. Stops with `label_gone` if another aim took the label away meanwhile.
 */
export async function runPanel(panel: Panel, start: Label): Promise<void> {
  let label = start
  for (;;) {
    const view = await present(panel, label)
    const action = await panel.prompter.choose(menuOf(view, panel.frame))
    if (action === null || action === "done") return
    panel.prompter.say(GAP)
    label = await perform(panel, view, action)
    panel.prompter.say(GAP)
  }
}

async function present({ homes }: Panel, label: Label): Promise<LabelView> {
  const view = await withPool(homes, (pool) => viewLabel(pool, label))
  if (view !== null) return view
  return fail(
    "label_gone",
    `\`${label}\` is no longer there: another aim removed or renamed it meanwhile`,
    "aim account list shows the labels that there are",
  )
}

/** What went wrong is shown, and the panel goes on. */
async function perform(panel: Panel, view: LabelView, action: ActionId): Promise<Label> {
  try {
    return await ACTIONS[action](panel, view)
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    panel.prompter.say(problemLines(error.problem, panel.frame))
    return view.label
  }
}
