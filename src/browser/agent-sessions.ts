import { basename } from "node:path"
import { listNames } from "../system/files.ts"
import { type Running, runningProcesses, startedBy } from "../system/process-table.ts"
import { readText } from "../system/read-file.ts"

/** A session of agent-browser, as its daemon's files and the machine's processes tell of it. */
export type AgentSession = {
  session: string
  /** False for what a daemon left that has been killed. */
  running: boolean
  /** The folder that its browser has open; null where no browser of its own runs. */
  profile: string | null
}

type Env = Readonly<Record<string, string | undefined>>

/** agent-browser's dashboard writes its id like a session's. */
const DASHBOARD = "dashboard"
/** A pid and nothing more. */
const LARGEST = 64
const FOLDER_FLAG = "--user-data-dir="

/** Where agent-browser (0.41.2) keeps its daemons' files, for a home and an environment. */
export function agentDir(home: string, env: Env): string {
  const [named, runtime] = [env.AGENT_BROWSER_SOCKET_DIR ?? "", env.XDG_RUNTIME_DIR ?? ""]
  const fallback = runtime === "" ? `${home}/.agent-browser` : `${runtime}/agent-browser`
  const base = named === "" ? fallback : named
  const namespace = plainName(env.AGENT_BROWSER_NAMESPACE ?? "")
  return namespace === "" ? base : `${base}/namespaces/${namespace}/run`
}

/**
 * The sessions whose daemons have files in `dir`. Asks agent-browser nothing: its own list (0.41.2)
 * deletes what a killed daemon left. The profile is what the browser has open by its own words; the
 * daemon's environment tells only of its first browser.
 */
export async function agentSessions(dir: string): Promise<AgentSession[]> {
  const pids = await pidFiles(dir)
  if (pids.length === 0) return []
  const all = await runningProcesses()
  return pids.map(({ session, pid }) => {
    const running = all.some((each) => each.pid === pid && isDaemon(each))
    return { session, running, profile: running ? profileBelow(pid ?? 0, all) : null }
  })
}

async function pidFiles(dir: string): Promise<{ session: string; pid: number | null }[]> {
  const found: { session: string; pid: number | null }[] = []
  for (const name of await listNames(dir)) {
    const session = /^(.+)\.pid$/.exec(name)?.[1]
    if (session === undefined || session === DASHBOARD) continue
    const file = await readText(`${dir}/${name}`, LARGEST)
    const text = file.kind === "text" ? file.text.trim() : ""
    found.push({ session, pid: /^\d+$/.test(text) ? Number(text) : null })
  }
  return found
}

/** An id may have gone to another program since. */
function isDaemon({ argv }: Running): boolean {
  return basename(argv[0] ?? "").startsWith("agent-browser")
}

function profileBelow(pid: number, all: readonly Running[]): string | null {
  for (const { argv } of startedBy(pid, all)) {
    const flag = argv.find((word) => word.startsWith(FOLDER_FLAG))
    if (flag !== undefined) return flag.slice(FOLDER_FLAG.length)
  }
  return null
}

/** As agent-browser makes a folder's name of a namespace. */
function plainName(namespace: string): string {
  return namespace
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_-]/gu, "-")
    .replaceAll(/([-_])[-_]+/g, "$1")
    .replaceAll(/^[-_]+|[-_]+$/g, "")
}
