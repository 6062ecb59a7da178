import type { LabelView } from "../../operations/label-view.ts"
import type { ActionId, Entry } from "../entry.ts"
import { anyLabelEntries } from "./any-label.ts"

/** What can be done with a Claude label, in the reference's order; less without its bundle. */
export function claudeEntries(view: LabelView): Entry[] {
  const order = view.nativeBundle === "complete" ? WITH_BUNDLE : WITHOUT
  const own = order.map((action) => ({ action, ...ENTRIES[action] }))
  return [...own, ...anyLabelEntries(view)]
}

const WITHOUT = [
  "capture_native_claude",
  "import_native_claude_bundle",
  "export_live_native_claude_bundle",
] as const satisfies readonly ActionId[]
const WITH_BUNDLE = [
  "use_native_claude_label",
  "refresh_native_claude_bundle",
  ...WITHOUT,
] as const satisfies readonly ActionId[]

const ENTRIES: Readonly<Record<(typeof WITH_BUNDLE)[number], Omit<Entry, "action">>> = {
  use_native_claude_label: {
    text: "Use it in Claude Code",
    details: ["a running Claude Code goes on with it at its next request"],
  },
  refresh_native_claude_bundle: {
    text: "Fetch new tokens",
    details: ["refreshes the stored login now"],
  },
  capture_native_claude: {
    text: "Capture from Claude Code",
    details: ["takes in the login that Claude Code has now; its files stay as they are"],
  },
  import_native_claude_bundle: {
    text: "Import a bundle file",
    details: ["as `aim claude export-live` writes it"],
  },
  export_live_native_claude_bundle: {
    text: "Write a bundle file",
    details: ["exports the login that Claude Code has now, whoever's it is"],
  },
}
