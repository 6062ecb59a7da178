import type { BrowserMode } from "../../domain/browser/request.ts"
import { browserText } from "../../render/label-header.ts"
import { plain } from "../../render/layout/plain.ts"
import type { Action } from "../action.ts"
import { saveBrowser } from "../bind/save.ts"
import type { Choice } from "../prompter.ts"
import { subMenu } from "../sub-menu.ts"

const CHOICES: readonly Choice<BrowserMode | "back">[] = [
  { value: "agent-browser", key: "1", text: "Agent-browser session", details: [] },
  { value: "aim-profile", key: "2", text: "Own browser profile", details: [] },
  { value: "chrome-profile", key: "3", text: "Chrome profile", details: [] },
  { value: "manual-callback", key: "4", text: "Manual, in any browser", details: [] },
  { value: "back", key: "0", text: "Back", details: [] },
]

/** Another browser for the label's pages from now on; the login stays as it is. */
export const changeBrowserSetup: Action = async (panel, view) => {
  const { label, browser } = view
  const now = browser === null ? [] : [plain(`Now: ${browserText(browser)}`)]
  const header = [`How are the pages of ${label} to be opened?`, ...now]
  const mode = await subMenu(panel.prompter, { header, choices: CHOICES })
  if (mode !== null && mode !== "back") await saveBrowser(panel, view, mode)
  return label
}
