import type { LabelView } from "../operations/label-view.ts"
import type { Frame } from "../render/frame.ts"
import { headerLines } from "../render/label-header.ts"
import type { ActionId, Entry } from "./entry.ts"
import { CLAUDE_NOTE, claudeEntries } from "./menus/anthropic.ts"
import { codexEntries } from "./menus/openai-codex.ts"
import type { Question } from "./prompter.ts"

type ProviderMenu = { note: readonly string[]; entries: (view: LabelView) => Entry[] }

const MENUS: Readonly<Record<LabelView["provider"], ProviderMenu>> = {
  "openai-codex": { note: [], entries: codexEntries },
  anthropic: { note: CLAUDE_NOTE, entries: claudeEntries },
}

/** A label's menu: how it stands, and what can be done now, numbered; 0 ends the panel. */
export function menuOf(view: LabelView, frame: Frame): Question<ActionId | "done"> {
  const { note, entries } = MENUS[view.provider]
  const choices = entries(view).map(({ action, text, details }, at) => ({
    value: action,
    key: String(at + 1),
    text,
    details,
  }))
  return {
    header: [...headerLines(view, frame), ...note],
    choices: [...choices, { value: "done", key: "0", text: "Done", details: [] }],
  }
}
