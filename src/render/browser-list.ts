import type { SuggestionReason } from "../domain/browser/suggestion.ts"
import type { ListedSession } from "../operations/browser/sessions.ts"
import type { BrowserList } from "../operations/browser-list.ts"
import { hintLines } from "./findings.ts"
import type { Frame } from "./layout/frame.ts"
import { type Cell, table } from "./layout/table.ts"
import { NOTHING } from "./layout/window-cell.ts"

const REASONS: Readonly<Record<SuggestionReason, string>> = {
  "openclaw-binding": "its Slack account",
  "workspace-session-match": "its name",
  "workspace-profile-match": "its folder",
}

/** `aim browser list` for a person: what there is, and the command that binds to the likeliest. */
export function browserListLines(list: BrowserList, frame: Frame): string[] {
  const parts = [profileLines(list, frame), sessionLines(list, frame), suggestionLines(list, frame)]
  const lines = parts.filter((part) => part.length > 0).flatMap((part) => ["", ...part])
  if (lines.length === 0) return ["No browser profile was found on this machine."]
  return lines.slice(1)
}

function profileLines({ profiles }: BrowserList, frame: Frame): string[] {
  const rows = profiles.map((profile) => [
    profile.source,
    profile.email ?? profile.person ?? NOTHING,
    profile.name ?? NOTHING,
    `${profile.userDataDir}/${profile.profileDirectory}`,
  ])
  const columns = [
    { title: "browser" },
    { title: "signed in", shrinks: true },
    { title: "name", shrinks: true },
    { title: "folder" },
  ]
  return [...table(columns, rows, frame), ...hintLines(profiles[0]?.bind ?? null, frame)]
}

function sessionLines({ sessions }: BrowserList, frame: Frame): string[] {
  const rows = sessions.map((each) => [
    each.session,
    stateCell(each),
    each.signedIn ?? NOTHING,
    each.profile ?? NOTHING,
  ])
  const columns = [
    { title: "agent-browser session" },
    { title: "state" },
    { title: "signed in", shrinks: true },
    { title: "folder" },
  ]
  const bind = sessions.find((each) => each.bind !== null)?.bind ?? null
  return [...table(columns, rows, frame), ...hintLines(bind, frame)]
}

function suggestionLines({ suggestions }: BrowserList, frame: Frame): string[] {
  const rows = suggestions.map((each) => [
    each.session,
    each.agentId,
    REASONS[each.reason],
    each.signedIn ?? NOTHING,
    each.profile,
  ])
  const columns = [
    { title: "suggested session" },
    { title: "OpenClaw agent" },
    { title: "because of" },
    { title: "signed in", shrinks: true },
    { title: "folder" },
  ]
  return [...table(columns, rows, frame), ...hintLines(suggestions[0]?.bind ?? null, frame)]
}

function stateCell({ state, profile }: ListedSession): Cell {
  if (state === "left_over") return { text: "left over", style: "dim" }
  return profile === null ? "no browser" : "open"
}
