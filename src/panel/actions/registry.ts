import type { Action } from "../action.ts"
import type { ActionId } from "../entry.ts"
import { changeBrowserSetup } from "./change-browser-setup.ts"
import {
  captureNativeClaude,
  exportLiveClaude,
  importNativeClaude,
  useNativeClaude,
} from "./claude.ts"
import { expect } from "./expect.ts"
import { deviceLogin, reauthNow } from "./log-in.ts"
import { openBrowser } from "./open-browser.ts"
import { disable, enable } from "./pool.ts"
import { promote } from "./promote.ts"
import { rename } from "./rename.ts"
import { setUp } from "./set-up.ts"
import { showDetails } from "./show-details.ts"

export const ACTIONS: Readonly<Record<ActionId, Action>> = {
  setup_agent_browser: setUp("agent-browser"),
  setup_aim_profile: setUp("aim-profile"),
  setup_chrome_profile: setUp("chrome-profile"),
  setup_manual_callback: setUp("manual-callback"),
  reauth_now: reauthNow,
  device_login: deviceLogin,
  open_browser: openBrowser,
  change_browser_setup: changeBrowserSetup,
  use_native_claude_label: useNativeClaude,
  refresh_native_claude_bundle: reauthNow,
  capture_native_claude: captureNativeClaude,
  import_native_claude_bundle: importNativeClaude,
  export_live_native_claude_bundle: exportLiveClaude,
  promote,
  show_details: showDetails,
  rename,
  enable,
  disable,
  expect,
}
