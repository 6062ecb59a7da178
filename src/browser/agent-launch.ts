import { resolve } from "node:path"
import { readText } from "../system/read-file.ts"
import { realPath } from "../system/real-path.ts"
import { runChild } from "../system/spawn.ts"
import { agentSessions } from "./agent-sessions.ts"

/** What opening came to, where agent-browser is the browser. */
export type AgentLaunched =
  | { kind: "opened"; argv: string[] }
  | { kind: "no_browser"; tried: string[] }
  | { kind: "failed"; program: string; code: number }
  /** Another session has the profile open, and a profile has one browser. */
  | { kind: "held"; session: string }
  /** agent-browser's own settings name another browser. */
  | { kind: "elsewhere"; file: string; key: string }
  /** It has opened another profile than it was told to. */
  | { kind: "astray"; profile: string }

/** Where agent-browser works, and for which session and profile. */
export type AgentPlace = {
  session: string
  profile: string
  home: string
  /** Its folder with the daemons' files. */
  dir: string
  env: Readonly<Record<string, string | undefined>>
}

const LIMIT_MS = 60_000
const LARGEST = 1024 * 1024
/** Settings of config.json that bring in another browser, or another login's cookies (0.41.2). */
const ELSEWHERE = ["cdp", "autoConnect", "provider", "state", "sessionName", "restore"]
/** What may stay of the environment: where things are and how the browser runs, never which one. */
const KEPT =
  /^AGENT_BROWSER_(SOCKET_DIR|NAMESPACE|CONFIG|EXECUTABLE_PATH|ARGS|PROXY\w*|CA_CERT|USE_SYSTEM_CA|NO_\w+|DEBUG|IDLE_TIMEOUT_MS)$/

/** The command line that opens `url` in that session and profile. */
export function agentLine(session: string, profile: string, url: string): string[] {
  return ["agent-browser", "--session", session, "--profile", profile, "--headed", "open", url]
}

/**
 * Opens a page in a session of agent-browser (0.41.2). A daemon of the session that has another
 * profile open, or none, is closed first, so that nothing of what it was started with stays; one
 * that has this profile open shows the page itself.
 */
export async function openByAgent(url: string, place: AgentPlace): Promise<AgentLaunched> {
  const { session, profile, home, dir, env } = place
  const elsewhere = await settingElsewhere(home, env)
  if (elsewhere !== null) return { kind: "elsewhere", ...elsewhere }
  const running = (await agentSessions(dir)).filter((each) => each.running)
  const holder = running.find((each) => isFolder(each.profile, profile))
  if (holder !== undefined && holder.session !== session)
    return { kind: "held", session: holder.session }
  if (holder === undefined && running.some((each) => each.session === session)) {
    const closed = await run(
      ["agent-browser", "--session", session, "close"],
      home,
      closeEnv(env, home),
    )
    if (closed.kind !== "opened") return closed
  }
  const opened = await run(agentLine(session, profile, url), home, launchEnv(env, home))
  if (opened.kind !== "opened") return opened
  const now = (await agentSessions(dir)).find((each) => each.session === session)
  const other = now?.profile ?? null
  return other === null || isFolder(other, profile) ? opened : { kind: "astray", profile: other }
}

function isFolder(open: string | null, wanted: string): boolean {
  return open !== null && realPath(open) === realPath(wanted)
}

/** The first setting of agent-browser's own config that would take the page to another browser. */
async function settingElsewhere(
  home: string,
  env: AgentPlace["env"],
): Promise<{ file: string; key: string } | null> {
  const named = env.AGENT_BROWSER_CONFIG ?? ""
  const file = named === "" ? `${home}/.agent-browser/config.json` : resolve(home, named)
  const text = await readText(file, LARGEST)
  const settings = text.kind === "text" ? objectIn(text.text) : {}
  const key = ELSEWHERE.find((each) => Boolean(settings[each]))
  return key === undefined ? null : { file, key }
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

async function run(
  argv: string[],
  home: string,
  env: AgentPlace["env"],
): Promise<Extract<AgentLaunched, { kind: "opened" | "no_browser" | "failed" }>> {
  const { code } = await runChild(argv, { env, cwd: home, timeoutMs: LIMIT_MS })
  if (code === 127) return { kind: "no_browser", tried: ["agent-browser"] }
  return code === 0 ? { kind: "opened", argv } : { kind: "failed", program: "agent-browser", code }
}

/** The environment for opening: nothing in it names another session, profile, state or browser. */
function launchEnv(env: AgentPlace["env"], home: string): AgentPlace["env"] {
  const kept = Object.entries(env).filter(
    ([name, value]) =>
      !name.startsWith("AGENT_BROWSER_") || (KEPT.test(name) && !value?.includes("user-data-dir")),
  )
  return { ...Object.fromEntries(kept), HOME: home }
}

/** For closing: with a launch option in its environment, `close` (0.41.2) starts a browser first. */
function closeEnv(env: AgentPlace["env"], home: string): AgentPlace["env"] {
  const kept = Object.entries(env).filter(
    ([name]) => !name.startsWith("AGENT_BROWSER_") || /_(SOCKET_DIR|NAMESPACE)$/.test(name),
  )
  return { ...Object.fromEntries(kept), HOME: home }
}
