import type { BrowserMode } from "../../domain/browser/request.ts"
import type { Action } from "../action.ts"
import { saveBrowser } from "../bind/save.ts"
import { logInAs } from "./log-in.ts"

/** Saves how the label's pages are opened, and logs in at once. */
export function setUp(mode: BrowserMode): Action {
  return async (panel, view) =>
    (await saveBrowser(panel, view, mode)) ? await logInAs(panel, view.label, null) : view.label
}
