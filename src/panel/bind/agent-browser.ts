import { browserRequest } from "../../domain/browser/request.ts"
import { listBrowsers } from "../../operations/browser-list.ts"
import type { LabelView } from "../../operations/label-view.ts"
import { withPool } from "../../pool/pool.ts"
import { plain } from "../../render/layout/plain.ts"
import { askFolder } from "../ask-folder.ts"
import type { Panel } from "../panel.ts"
import { type Found, pick } from "../pick.ts"
import { refusal } from "../refusal.ts"
import type { Wanted } from "./wanted.ts"

type Session = { session: string; profile: string }

/** A session of agent-browser with the folder of its profile: one that was found, or by hand. */
export async function askAgentBrowser(panel: Panel, { label }: LabelView): Promise<Wanted | null> {
  const found = await sessionsFor(panel, label)
  const header =
    found.length === 0
      ? ["No session of agent-browser was found that could be bound."]
      : ["These sessions of agent-browser could be bound:"]
  const picked = await pick(panel.prompter, header, found)
  if (picked === null) return null
  if (picked.kind === "by_hand") return await byHand(panel, label)
  return wanted(picked.value.profile, picked.value.session)
}

/** What OpenClaw's workspaces suggest first, then what runs; each once. */
async function sessionsFor({ homes }: Panel, label: string): Promise<Found<Session>[]> {
  const { suggestions, sessions } = await withPool(homes, (pool) => listBrowsers(pool, label))
  const suggested = suggestions.map(({ session, profile, agentId, signedIn }) =>
    offer({ session, profile }, [`suggested by OpenClaw's agent ${agentId}`, signedIn]),
  )
  const running = sessions.flatMap(({ session, profile, signedIn, bind }) =>
    bind === null || profile === null ? [] : [offer({ session, profile }, ["open now", signedIn])],
  )
  const all = [...suggested, ...running]
  return all.filter((each, at) => all.findIndex(({ value }) => isSame(value, each.value)) === at)
}

function isSame(a: Session, b: Session): boolean {
  return a.session === b.session && a.profile === b.profile
}

function offer(value: Session, notes: readonly (string | null)[]): Found<Session> {
  const words = [`Session ${value.session}`, ...notes].filter((note) => note !== null)
  const details = [`folder: ${value.profile}`, `session: ${value.session}`]
  return { value, text: plain(words.join(", ")), details: details.map(plain) }
}

async function byHand(panel: Panel, label: string): Promise<Wanted | null> {
  const profile = await askFolder(panel, "The folder of agent-browser's profile:")
  if (profile === null) return null
  const typed = await panel.prompter.ask(`The session's name (empty: ${label}):`, (answer) =>
    refusal(() => browserRequest(flagsOf(profile, nameIn(answer, label)))),
  )
  return typed === null ? null : wanted(profile, nameIn(typed, label))
}

function nameIn(answer: string, label: string): string {
  return answer.trim() === "" ? label : answer.trim()
}

function wanted(profile: string, session: string): Wanted {
  return {
    flags: flagsOf(profile, session),
    saves: ["agent-browser", `folder: ${profile}`, `session: ${session}`],
  }
}

function flagsOf(profile: string, session: string) {
  return { mode: "agent-browser", profile, session }
}
