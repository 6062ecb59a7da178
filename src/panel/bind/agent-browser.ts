import { browserRequest } from "../../domain/browser-request.ts"
import type { LabelView } from "../../operations/label-view.ts"
import { askFolder } from "../ask-folder.ts"
import type { Panel } from "../panel.ts"
import { refusal } from "../refusal.ts"
import type { Wanted } from "./wanted.ts"

/** A session of agent-browser, and the folder of its profile. */
export async function askAgentBrowser(panel: Panel, { label }: LabelView): Promise<Wanted | null> {
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
