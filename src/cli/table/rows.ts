import { ACCOUNT, ACCOUNT_GROUP } from "./account.ts"
import { AUTHORITY, AUTHORITY_GROUP } from "./authority.ts"
import { BROWSER, BROWSER_GROUP } from "./browser.ts"
import { CLAUDE, CLAUDE_GROUP } from "./claude.ts"
import { CODEX, CODEX_GROUP } from "./codex.ts"
import { GENERAL } from "./general.ts"
import { HISTORY } from "./history.ts"
import { PI, PI_GROUP } from "./pi.ts"
import { QUARANTINE, QUARANTINE_GROUP } from "./quarantine.ts"
import type { CommandRow, GroupRow } from "./row.ts"
import { SCHEDULE, SCHEDULE_GROUP } from "./schedule.ts"
import { SHELL } from "./shell.ts"

/** Every command of aim, in the order of the help page. */
export const COMMANDS: readonly CommandRow[] = [
  ...GENERAL,
  ...HISTORY,
  ...CODEX,
  ...CLAUDE,
  ...PI,
  ...SCHEDULE,
  ...ACCOUNT,
  ...AUTHORITY,
  ...QUARANTINE,
  ...BROWSER,
  ...SHELL,
]

export const GROUPS: readonly GroupRow[] = [
  CODEX_GROUP,
  CLAUDE_GROUP,
  PI_GROUP,
  SCHEDULE_GROUP,
  ACCOUNT_GROUP,
  AUTHORITY_GROUP,
  QUARANTINE_GROUP,
  BROWSER_GROUP,
]
