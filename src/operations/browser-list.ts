import { type FoundProfile, findProfiles } from "../browser/discover.ts"
import type { Label } from "../domain/label.ts"
import { parseLabel } from "../domain/label.ts"
import { shellWord } from "../domain/shell-word.ts"
import type { Pool } from "../pool/pool.ts"
import { browserPlaces } from "./browser/places.ts"
import { type ListedSession, listSessions } from "./browser/sessions.ts"
import { type SuggestedSession, suggestSessions } from "./browser/suggestions.ts"

/** A profile, with the command that binds the label to it. */
export type ListedProfile = FoundProfile & { bind: string }
export type BrowserList = {
  label: Label
  profiles: ListedProfile[]
  sessions: ListedSession[]
  /** What OpenClaw's workspaces suggest for the label; nothing is bound to it. */
  suggestions: SuggestedSession[]
}

/**
 * `aim browser list <label>`: the profiles on this machine, likely ones first, and the sessions of
 * agent-browser. Reads only.
 */
export async function listBrowsers(pool: Pool, typed: string): Promise<BrowserList> {
  const label = parseLabel(typed)
  const found = await findProfiles(browserPlaces(pool), label)
  const profiles = found.map((profile) => ({ ...profile, bind: bindTo(label, profile) }))
  const sessions = await listSessions(pool, label)
  return { label, profiles, sessions, suggestions: await suggestSessions(pool, label) }
}

function bindTo(label: Label, { userDataDir, profileDirectory }: FoundProfile): string {
  const [dir, inner] = [shellWord(userDataDir), shellWord(profileDirectory)]
  return `aim browser set ${label} --mode chrome-profile --user-data-dir ${dir} --profile-directory ${inner}`
}
