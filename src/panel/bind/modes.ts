import type { BrowserMode } from "../../domain/browser/request.ts"
import type { LabelView } from "../../operations/label-view.ts"
import type { Panel } from "../panel.ts"
import { askAgentBrowser } from "./agent-browser.ts"
import { askAimProfile } from "./aim-profile.ts"
import { askChromeProfile } from "./chrome-profile.ts"
import type { Wanted } from "./wanted.ts"

/** How each way of opening a label's pages is asked for; null for back. */
export const ASK_MODE: Readonly<
  Record<BrowserMode, (panel: Panel, view: LabelView) => Promise<Wanted | null>>
> = {
  "aim-profile": askAimProfile,
  "chrome-profile": askChromeProfile,
  "agent-browser": askAgentBrowser,
  "manual-callback": () => Promise.resolve({ flags: { mode: "manual-callback" }, saves: [] }),
}
