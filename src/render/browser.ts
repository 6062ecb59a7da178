import type { BrowserSet } from "../operations/browser-set.ts"
import { type BrowserView, CLAUDE_MODE } from "../operations/browser-show.ts"
import type { Opened } from "../operations/open-page.ts"
import { warningLines } from "./findings.ts"
import { type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"

const MODES: Readonly<Record<string, string>> = {
  "aim-profile": "a profile of its own",
  "chrome-profile": "a profile of a browser on this machine",
  "agent-browser": "a session of agent-browser",
}

const WITHOUT: Readonly<Record<string, string>> = {
  "manual-callback": "none: the address is pasted",
  [CLAUDE_MODE]: "none: its login comes from Claude Code",
}

/** `aim browser show` for a person. */
export function browserLines(view: BrowserView, frame: Frame): string[] {
  const { reauthMode, binding } = view
  const isWithout = WITHOUT[reauthMode ?? ""] !== undefined
  const kind = WITHOUT[reauthMode ?? ""] ?? MODES[binding?.mode ?? ""]
  return [
    ...fields(
      [
        ["label", view.label],
        ["browser", kind ?? "none yet"],
        ["mode", binding?.mode ?? (isWithout ? reauthMode : null)],
        ...placeFields(view),
      ],
      frame,
    ),
    ...warningLines(view.warnings, frame),
  ]
}

function placeFields({ resolvedPaths, exists, binding, signedIn }: BrowserView): Field[] {
  const dir = resolvedPaths?.userDataDir ?? null
  const gone = dir !== null && exists === false
  return [
    gone ? ["folder", `${dir} (is not there)`, "yellow"] : ["folder", dir],
    ["profile", resolvedPaths?.profileDirectory ?? null],
    ["session", binding !== null && "session" in binding ? binding.session : null],
    ["signed in", signedIn],
  ]
}

/** `aim browser set` for a person. */
export function browserSetLines({ updated, current }: BrowserSet, frame: Frame): string[] {
  return [
    plain(`${updated.label}: ${updated.mode}, ${updated.changed ? "from now on" : "as before"}`),
    ...(updated.seeded ? ["  the OpenClaw profile was copied"] : []),
    ...fields(placeFields(current), frame, "  "),
    ...warningLines(updated.warnings, frame),
  ]
}

/** `aim open` for a person. */
export function openedLines({ label, url, program }: Opened): string[] {
  return [plain(`${label}: ${url} is open in its browser (${program})`)]
}
