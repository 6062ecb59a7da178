import { basename } from "node:path"
import type { Holders } from "./processes.ts"
import { realPath } from "./real-path.ts"
import { runChild } from "./spawn.ts"

type Env = Readonly<Record<string, string | undefined>>
type Seen = { pid: number; command: string; opens: boolean; isAim: boolean }

const LIMIT_MS = 10_000

/**
 * {@link holdersBelow} for systems without `/proc`: one `lsof` over all of this user's processes
 * (`+D` would walk a client's whole home). `env` is what finds the programs.
 */
export async function holdersByLsof(folder: string, env: Env): Promise<Holders> {
  const uid = process.getuid?.() ?? 0
  // root may be at work in anybody's home (`sudo aim`), beside that user's clients.
  const ofUser = uid === 0 ? [] : ["-u", String(uid)]
  const options = { env: { ...env, LC_ALL: "C" }, timeoutMs: LIMIT_MS }
  // It ends with 1 when one file of many could not be looked at: what it printed counts.
  const { stdout } = await runChild(["lsof", "-w", "-n", "-P", ...ofUser, "-F", "pcfn"], options)
  const seen = readFields(stdout, folder === "/" ? "/" : `${folder}/`)
  const open = seen.filter(({ opens, isAim, pid }) => opens && !isAim && pid !== process.pid)
  const starts = await startsByPs(
    open.map(({ pid }) => pid),
    env,
  )
  const holders = open.map(({ pid, command }) => ({
    pid,
    command,
    startedAt: starts.get(pid) ?? null,
  }))
  return { holders, unreadable: seen.length === 0 }
}

/** When these processes began, epoch ms, by `ps`; one that is gone is not in the answer. */
export async function startsByPs(pids: readonly number[], env: Env): Promise<Map<number, number>> {
  const starts = new Map<number, number>()
  if (pids.length === 0) return starts
  const { stdout } = await runChild(["ps", "-o", "pid=,lstart=", "-p", pids.join(",")], {
    env: { ...env, LC_ALL: "C", TZ: "UTC" },
    timeoutMs: LIMIT_MS,
  })
  for (const line of stdout.split("\n")) {
    const [, pid, began = ""] = /^\s*(\d+)\s+(\S.*)$/.exec(line) ?? []
    const at = Date.parse(`${began} UTC`)
    if (pid !== undefined && Number.isFinite(at)) starts.set(Number(pid), at)
  }
  return starts
}

/** `p<pid>`, `c<name>`, then `f<file>` and `n<path>` for each file; `ftxt` is the program itself. */
function readFields(output: string, below: string): Seen[] {
  const self = realPath(process.execPath)
  const seen: Seen[] = []
  let file = ""
  for (const line of output.split("\n")) {
    const value = line.slice(1)
    if (line.startsWith("p"))
      seen.push({ pid: Number(value), command: "", opens: false, isAim: false })
    const current = seen.at(-1)
    if (current === undefined) continue
    if (line.startsWith("c")) current.command = basename(value)
    if (line.startsWith("f")) file = value
    if (line.startsWith("n") && value.startsWith(below)) current.opens = true
    if (line.startsWith("n") && file === "txt" && value === self) current.isAim = true
  }
  return seen
}
