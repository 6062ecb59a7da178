import type { Label } from "../label.ts"
import type { OpenclawAgent } from "./openclaw-workspaces.ts"

/** What a workspace's `agent-browser.json` names. */
export type WorkspaceBrowser = { session: string; profile: string }

/** Why a session is suggested for a label, in the reference's words (aimgr 4404b27 §5). */
export type SuggestionReason =
  | "openclaw-binding"
  | "workspace-session-match"
  | "workspace-profile-match"

export type Suggestion = WorkspaceBrowser & { agentId: string; reason: SuggestionReason }

const ORDER: readonly SuggestionReason[] = [
  "openclaw-binding",
  "workspace-session-match",
  "workspace-profile-match",
]

/**
 * The sessions that fit a label, best first, each once: of agents that a Slack account of the
 * label's name is routed to, then those called like the label, then those whose folder is.
 */
export function suggestionsFor(
  label: Label,
  found: readonly { agent: OpenclawAgent; browser: WorkspaceBrowser }[],
): Suggestion[] {
  const fitting = found.flatMap(({ agent, browser }) => {
    const reason = reasonFor(label, agent, browser)
    return reason === null ? [] : [{ ...browser, agentId: agent.id, reason }]
  })
  fitting.sort(
    (a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || (a.agentId < b.agentId ? -1 : 1),
  )
  return fitting.filter(
    (each, index) =>
      fitting.findIndex(
        ({ session, profile }) => session === each.session && profile === each.profile,
      ) === index,
  )
}

/** True for `boss`, `agent-boss` and `Agent Boss` where the label is `boss`: letters and digits count. */
export function isCalledLike(word: string, label: Label): boolean {
  return [label, `agent-${label}`].some((name) => bare(name) === bare(word))
}

function reasonFor(
  label: Label,
  { slackAccounts }: OpenclawAgent,
  { session, profile }: WorkspaceBrowser,
): SuggestionReason | null {
  if (slackAccounts.includes(label)) return "openclaw-binding"
  if (isCalledLike(session, label)) return "workspace-session-match"
  return isCalledLike(profile.split("/").at(-1) ?? "", label) ? "workspace-profile-match" : null
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
}
