import type { LabelView } from "../operations/label-view.ts"
import { headerLines } from "../render/label-header.ts"
import type { Frame } from "../render/layout/frame.ts"
import type { ActionId, Entry } from "./entry.ts"
import { claudeEntries } from "./menus/anthropic.ts"
import { codexEntries } from "./menus/openai-codex.ts"
import type { Question } from "./prompter.ts"

const MENUS: Readonly<Record<LabelView["provider"], (view: LabelView) => Entry[]>> = {
  "openai-codex": codexEntries,
  anthropic: claudeEntries,
}

/** A label's menu: how it stands, and what can be done now, numbered; 0 ends the panel. */
export function menuOf(view: LabelView, frame: Frame): Question<ActionId | "done"> {
  const choices = MENUS[view.provider](view).map(({ action, text, details }, at) => ({
    value: action,
    key: String(at + 1),
    text,
    details,
  }))
  return {
    header: headerLines(view, frame),
    choices: [...choices, { value: "done", key: "0", text: "Done", details: [] }],
  }
}
