import type { LabelView } from "../../operations/label-view.ts"
import type { Entry } from "../entry.ts"
import { anyLabelEntries } from "./any-label.ts"

/** What can be done with a Claude label. */
export function claudeEntries(view: LabelView): Entry[] {
  return anyLabelEntries(view)
}

/** What a person would look for here in vain. */
export const CLAUDE_NOTE = [
  "aim keeps this login as it is. It can't use, refresh, capture, import or export Claude logins yet.",
]
