/** What may be chosen in a label's menu; the reference's names (aimgr 4404b27 §4.6) and ours. */
export const ACTION_IDS = [
  "setup_agent_browser",
  "setup_aim_profile",
  "setup_chrome_profile",
  "setup_manual_callback",
  "reauth_now",
  "device_login",
  "open_browser",
  "change_browser_setup",
  "use_native_claude_label",
  "refresh_native_claude_bundle",
  "capture_native_claude",
  "import_native_claude_bundle",
  "export_live_native_claude_bundle",
  "promote",
  "show_details",
  "rename",
  "enable",
  "disable",
  "expect",
] as const
export type ActionId = (typeof ACTION_IDS)[number]

/** A line of a menu before it has its number. No two of one menu begin with the same letter. */
export type Entry = { action: ActionId; text: string; details: readonly string[] }
