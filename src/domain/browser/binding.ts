import { asObject } from "../document.ts"
import type { JsonObject } from "../login.ts"

/** How a label's login page is opened, as the state file has it; nothing is looked up on disk. */
export type BrowserBinding = {
  mode: "aim-profile" | "chrome-profile" | "agent-browser"
  userDataDir: string | null
  profileDirectory: string | null
  agentBrowserProfile: string | null
  agentBrowserSession: string | null
}

/** The binding of an account; null where it has none, or an incomplete one (aimgr 4404b27 §1.3). */
export function browserBinding(account: JsonObject): BrowserBinding | null {
  const browser = asObject(account.browser)
  const mode = text(browser?.mode)
  const binding = {
    userDataDir: text(browser?.userDataDir),
    profileDirectory: text(browser?.profileDirectory),
    agentBrowserProfile: text(browser?.agentBrowserProfile),
    agentBrowserSession: text(browser?.agentBrowserSession),
  }
  if (mode === "aim-profile") return { mode, ...binding }
  if (mode === "chrome-profile") return binding.userDataDir === null ? null : { mode, ...binding }
  if (mode !== "agent-browser") return null
  const complete = binding.agentBrowserProfile !== null && binding.agentBrowserSession !== null
  return complete ? { mode, ...binding } : null
}

/**
 * What the reference says beside `ready` (§3.5) about the next login: `binding_missing_for_future_reauth`,
 * `seeded_unverified` or `manual_mode`. Its `missing_browser` needs a look at the disk.
 */
export function loginDetail(account: JsonObject): string | null {
  const mode = asObject(account.reauth)?.mode
  if (mode === "manual-callback") return "manual_mode"
  if (mode !== "browser-managed") return null
  const binding = browserBinding(account)
  if (binding === null) return "binding_missing_for_future_reauth"
  const browser = asObject(account.browser)
  const seeded = text(browser?.seededAt) !== null && text(browser?.verifiedAt) === null
  return binding.mode === "aim-profile" && seeded ? "seeded_unverified" : null
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
