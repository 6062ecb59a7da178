import { signedInAt } from "../../browser/local-state.ts"
import { type OpenclawAgent, openclawAgents } from "../../domain/browser/openclaw-workspaces.ts"
import { isSessionName } from "../../domain/browser/request.ts"
import {
  type Suggestion,
  suggestionsFor,
  type WorkspaceBrowser,
} from "../../domain/browser/suggestion.ts"
import { asObject } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import type { Pool } from "../../pool/pool.ts"
import { folderExists } from "../../system/files.ts"
import { clientHome } from "../../system/homes.ts"
import { json5 } from "../../system/json5.ts"
import { readText } from "../../system/read-file.ts"
import { isWithin, realPath } from "../../system/real-path.ts"
import { browserPlaces } from "./places.ts"
import { bindSession } from "./sessions.ts"

/** A session of agent-browser that may be the label's: never used unless the operator binds it. */
export type SuggestedSession = Suggestion & {
  /** Who is signed in in that folder; null where it does not say. */
  signedIn: string | null
  /** The command that binds the label to it. */
  bind: string
}

/** Configs have some kilobytes. */
const LARGEST = 4 * 1024 * 1024

/**
 * The sessions of agent-browser that OpenClaw's agents name in their workspaces
 * (`agent-browser.json`) and that fit the label, best first. Reads files only: OpenClaw's config is
 * not asked for by its own command. What is missing or broken suggests nothing.
 */
export async function suggestSessions(pool: Pool, label: Label): Promise<SuggestedSession[]> {
  const found: { agent: OpenclawAgent; browser: WorkspaceBrowser }[] = []
  for (const agent of await configuredAgents(pool)) {
    for (const workspace of agent.workspaces) {
      const browser = await browserIn(pool, workspace)
      if (browser !== null) found.push({ agent, browser })
    }
  }
  return Promise.all(
    suggestionsFor(label, found).map(async (each) => ({
      ...each,
      signedIn: await signedInAt(each.profile, "Default"),
      bind: bindSession(label, each.session, each.profile),
    })),
  )
}

async function configuredAgents(pool: Pool): Promise<OpenclawAgent[]> {
  const { env, userHome, sandboxed } = pool.homes
  const { openclaw } = browserPlaces(pool)
  const named = (env.OPENCLAW_CONFIG_PATH ?? "").trim()
  const file =
    named === ""
      ? `${openclaw}/openclaw.json`
      : clientHome(pool.homes, "OPENCLAW_CONFIG_PATH", ".openclaw/openclaw.json")
  const text = await readText(file, LARGEST)
  const workspace = sandboxed ? "" : (env.OPENCLAW_WORKSPACE_DIR ?? "").trim()
  return openclawAgents(text.kind === "text" ? json5(text.text) : null, {
    state: openclaw,
    home: userHome,
    workspace: workspace === "" ? null : workspace,
  })
}

/** Null where the file is not there, or names no session and no folder that is there. */
async function browserIn({ homes }: Pool, workspace: string): Promise<WorkspaceBrowser | null> {
  if (homes.sandboxed && !isWithin(realPath(homes.userHome), realPath(workspace))) return null
  const file = await readText(`${workspace}/agent-browser.json`, LARGEST)
  const named = file.kind === "text" ? asObject(json5(file.text)) : null
  const [session, profile] = [named?.session, named?.profile]
  if (typeof session !== "string" || typeof profile !== "string") return null
  const dir = profile.startsWith("~/") ? `${homes.userHome}${profile.slice(1)}` : profile
  const usable = isSessionName(session) && dir.startsWith("/") && (await folderExists(dir))
  return usable ? { session, profile: dir.replace(/(.)\/+$/, "$1") } : null
}
