import type { BrowserMode } from "../../domain/browser/request.ts"
import { setBrowser } from "../../operations/browser-set.ts"
import type { LabelView } from "../../operations/label-view.ts"
import { withPool } from "../../pool/pool.ts"
import { browserSetLines } from "../../render/browser.ts"
import { plain } from "../../render/layout/plain.ts"
import type { Panel } from "../panel.ts"
import { ASK_MODE } from "./modes.ts"

/**
 * Asks for a browser setup of one mode, shows what would be saved, and saves it after a yes. False
 * where the person went back: then nothing was written.
 */
export async function saveBrowser(
  panel: Panel,
  view: LabelView,
  mode: BrowserMode,
): Promise<boolean> {
  const wanted = await ASK_MODE[mode](panel, view)
  if (wanted === null) return false
  const { prompter, homes, frame } = panel
  if (wanted.saves.length > 0) {
    prompter.say([`For ${view.label} this would be saved:`, ...wanted.saves.map(indented)])
    if (!(await prompter.confirm("Save it?"))) return false
  }
  const set = await withPool(homes, (pool) =>
    setBrowser(pool, view.label, wanted.flags, { mustExist: true }),
  )
  prompter.say(browserSetLines(set, frame))
  return true
}

function indented(line: string): string {
  return `  ${plain(line)}`
}
