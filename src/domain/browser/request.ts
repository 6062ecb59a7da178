import { isAbsolute } from "node:path"
import { failUsage } from "../../system/errors.ts"
import type { JsonObject } from "../login.ts"

/** What `aim browser set` was given; absent flags are undefined. */
export type BrowserFlags = {
  mode: string | undefined
  "seed-from-openclaw"?: string | undefined
  "user-data-dir"?: string | undefined
  "profile-directory"?: string | undefined
  profile?: string | undefined
  session?: string | undefined
}

/** How a label's login page is to be opened from now on. */
export type BrowserRequest =
  | { mode: "manual-callback" }
  | { mode: "aim-profile"; seedFrom: string | null }
  | { mode: "chrome-profile"; userDataDir: string; profileDirectory: string | null }
  | { mode: "agent-browser"; profile: string; session: string }
export type BrowserMode = BrowserRequest["mode"]

const BROWSER_MODES: readonly BrowserMode[] = [
  "aim-profile",
  "chrome-profile",
  "agent-browser",
  "manual-callback",
]

/** The reference's other words for a mode (aimgr 4404b27 §5). */
const ALIASES: Readonly<Record<string, BrowserMode>> = {
  aim: "aim-profile",
  "1": "aim-profile",
  chrome: "chrome-profile",
  "2": "chrome-profile",
  agent: "agent-browser",
  "agent-browser-profile": "agent-browser",
  "3": "agent-browser",
}

/** The flags of each mode; the first ones are needed. */
const FLAGS: Readonly<Record<BrowserMode, { needed: Flag[]; more: Flag[] }>> = {
  "aim-profile": { needed: [], more: ["seed-from-openclaw"] },
  "chrome-profile": { needed: ["user-data-dir"], more: ["profile-directory"] },
  "agent-browser": { needed: ["profile", "session"], more: [] },
  "manual-callback": { needed: [], more: [] },
}
type Flag = Exclude<keyof BrowserFlags, "mode">

const LIST = `one of: ${BROWSER_MODES.join(", ")}`
/** What agent-browser 0.41.2 takes for a session's name. */
const SESSION = /^[\p{L}\p{N}_-]{1,100}$/u
/** agent-browser's session for whoever names none: never a label's. */
export const SHARED_SESSION = "default"

/** True for a session that a label may have. */
export function isSessionName(word: string): boolean {
  return SESSION.test(word) && word !== SHARED_SESSION
}

/** A folder's own name: no way out of the place that it stands in. */
const NAME = /^(?!\.{1,2}$)[^/\0]{1,200}$/

/** The mode and its own flags; any flag of another mode, and a path that is not absolute, is refused. */
export function browserRequest(flags: BrowserFlags): BrowserRequest {
  const mode = modeOf(flags.mode)
  const { needed, more } = FLAGS[mode]
  for (const [name, value] of Object.entries(flags)) {
    const known = name === "mode" || [...needed, ...more].some((flag) => flag === name)
    if (value !== undefined && !known)
      failUsage(
        "unexpected_flag",
        `\`--${name}\` does not belong to ${mode}`,
        `leave out --${name}`,
      )
  }
  for (const name of needed) {
    if (flags[name] === undefined)
      failUsage("missing_flag", `${mode} needs \`--${name}\``, `aim help browser set`)
  }
  switch (mode) {
    case "aim-profile":
      return { mode, seedFrom: name("seed-from-openclaw", flags["seed-from-openclaw"]) }
    case "chrome-profile":
      return {
        mode,
        userDataDir: path("user-data-dir", flags["user-data-dir"]),
        profileDirectory: name("profile-directory", flags["profile-directory"]),
      }
    case "agent-browser":
      return { mode, profile: path("profile", flags.profile), session: session(flags.session) }
    default:
      return { mode }
  }
}

/** The account's `browser` and `reauth.mode` for a request, in the reference's keys. */
export function bindingRecord(request: BrowserRequest): {
  browser: JsonObject | null
  reauthMode: string
} {
  const managed = "browser-managed"
  switch (request.mode) {
    case "manual-callback":
      return { browser: null, reauthMode: "manual-callback" }
    case "aim-profile": {
      const seed =
        request.seedFrom === null ? {} : { seededFromOpenclawProfileId: request.seedFrom }
      return { browser: { mode: "aim-profile", ...seed }, reauthMode: managed }
    }
    case "chrome-profile": {
      const { mode, userDataDir, profileDirectory } = request
      const inner = profileDirectory === null ? {} : { profileDirectory }
      return { browser: { mode, userDataDir, ...inner }, reauthMode: managed }
    }
    case "agent-browser": {
      const { mode, profile: agentBrowserProfile, session: agentBrowserSession } = request
      return { browser: { mode, agentBrowserProfile, agentBrowserSession }, reauthMode: managed }
    }
  }
}

function modeOf(typed: string | undefined): BrowserMode {
  if (typed === undefined) return failUsage("missing_flag", "say how: `--mode`", LIST)
  const word = typed.trim().toLowerCase().replaceAll("_", "-")
  const mode = BROWSER_MODES.find((known) => known === word) ?? ALIASES[word]
  if (mode !== undefined) return mode
  return failUsage(
    "invalid_value",
    word === "generic-chrome"
      ? "`generic-chrome` is no mode: a page is opened in the profile that was named, never just some Chrome"
      : "`--mode` is no mode",
    LIST,
  )
}

function path(flag: string, value = ""): string {
  if (isAbsolute(value)) return value.replace(/(.)\/+$/, "$1")
  return failUsage(
    "invalid_value",
    `\`--${flag}\` must be an absolute path`,
    `such as --${flag} /home/you/…`,
  )
}

function name(flag: string, value: string | undefined): string | null {
  if (value === undefined) return null
  if (NAME.test(value)) return value
  return failUsage(
    "invalid_value",
    `\`--${flag}\` is a folder's own name`,
    `such as --${flag} Default`,
  )
}

function session(value = ""): string {
  if (value === SHARED_SESSION)
    failUsage(
      "invalid_value",
      "`--session default` is the session that everything without one uses",
      "name one for the label: --session boss",
    )
  if (SESSION.test(value)) return value
  return failUsage(
    "invalid_value",
    "`--session` may hold letters, digits, `-` and `_` only",
    "such as --session boss",
  )
}
