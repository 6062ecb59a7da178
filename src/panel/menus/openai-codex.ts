import type { LabelView } from "../../operations/label-view.ts"
import type { ActionId, Entry } from "../entry.ts"
import { anyLabelEntries } from "./any-label.ts"

/** What can be done with a Codex label, likeliest first. */
export function codexEntries(view: LabelView): Entry[] {
  return [...loginEntries(view), ...anyLabelEntries(view)]
}

function loginEntries(view: LabelView): Entry[] {
  const entries = entriesOf(view)
  const open: ActionId[] = view.browser?.binding ? ["open_browser"] : []
  const order: Readonly<Record<LabelView["standing"], readonly ActionId[]>> = {
    setup: [
      "setup_agent_browser",
      "setup_aim_profile",
      "setup_chrome_profile",
      "setup_manual_callback",
      "device_login",
    ],
    ready: [...open, "reauth_now", "device_login", "change_browser_setup"],
    reauth: ["reauth_now", ...open, "device_login", "change_browser_setup"],
    blocked: [...open, "reauth_now", "device_login", "change_browser_setup"],
  }
  return order[view.standing].flatMap((action) => {
    const entry = entries[action]
    return entry === undefined ? [] : [{ action, ...entry }]
  })
}

function entriesOf({ ownProfile, standing, suggested }: LabelView): {
  readonly [action in ActionId]?: Omit<Entry, "action">
} {
  return {
    setup_agent_browser: {
      text: "Agent-browser session",
      details:
        suggested === null
          ? ["log in in a session of agent-browser that is there"]
          : [
              `suggested by OpenClaw's agent ${suggested.agentId}: session ${suggested.session}`,
              suggested.profile,
            ],
    },
    setup_aim_profile: {
      text: "Own browser profile",
      details: ["log in in a profile that only this label has:", ownProfile],
    },
    setup_chrome_profile: {
      text: "Chrome profile",
      details: ["log in in a profile that is there: Chrome, Chromium, Brave, Edge"],
    },
    setup_manual_callback: {
      text: "Manual, in any browser",
      details: ["paste the address that the browser ends at"],
    },
    reauth_now: {
      text: standing === "ready" ? "Log in again now" : "Log in now",
      details: ["renews the stored login if that can succeed; else somebody logs in"],
    },
    device_login: {
      text: "Use a device code",
      details: ["type a code on any other device; no browser is needed here"],
    },
    open_browser: { text: "Open its browser", details: ["https://chatgpt.com"] },
    change_browser_setup: { text: "Change browser setup", details: [] },
  }
}
