import { agentSessions } from "../../browser/agent-sessions.ts"
import { signedInAt } from "../../browser/local-state.ts"
import { SHARED_SESSION } from "../../domain/browser/request.ts"
import type { Label } from "../../domain/label.ts"
import { shellWord } from "../../domain/shell-word.ts"
import type { Pool } from "../../pool/pool.ts"
import { agentPlace } from "./places.ts"

/** A session of agent-browser, and what a binding to it would save. */
export type ListedSession = {
  session: string
  /** `left_over`: its daemon was killed, only its files are there. */
  state: "running" | "left_over"
  /** The folder that its browser has open; null where none is. */
  profile: string | null
  /** Who is signed in there; null where it does not say. */
  signedIn: string | null
  /** Null for what can't be bound: no folder that lasts, or the session that everybody shares. */
  bind: string | null
}

/** agent-browser's sessions on this machine. Reads only: no daemon is asked, none is started. */
export async function listSessions(pool: Pool, label: Label): Promise<ListedSession[]> {
  const found = await agentSessions(agentPlace(pool))
  return Promise.all(
    found.map(async ({ session, running, profile }) => ({
      session,
      state: running ? "running" : "left_over",
      profile,
      signedIn: profile === null ? null : await signedInAt(profile, "Default"),
      bind: bindTo(label, session, profile),
    })),
  )
}

/** The command that binds a label to a session and its folder. */
export function bindSession(label: Label, session: string, profile: string): string {
  return `aim browser set ${label} --mode agent-browser --profile ${shellWord(profile)} --session ${session}`
}

function bindTo(label: Label, session: string, profile: string | null): string | null {
  if (profile === null || session === SHARED_SESSION || isTemporary(profile)) return null
  return bindSession(label, session, profile)
}

/** Where agent-browser (0.41.2) puts a browser that was given no profile. */
function isTemporary(profile: string): boolean {
  return /\/agent-browser-(chrome|profile)-[^/]+$/.test(profile)
}
