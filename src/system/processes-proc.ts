import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs"
import { basename } from "node:path"
import { errnoOf } from "./errors.ts"
import type { Holders, OpenHolder } from "./processes.ts"
import { realPath } from "./real-path.ts"

/** `/proc` counts in hundredths of a second on every Linux that Bun runs on (USER_HZ). */
const TICK_MS = 10

/**
 * Programs that may be a client, for processes that forbid a look into them. Codex 0.169.0 does
 * not; agents, browsers and log-in sessions do, and would make every desktop "unreadable".
 */
const MAY_BE_CLIENT = /codex|claude|hermes|openclaw|^pi$|node|bun|deno|python|MainThread/i

/** Where to look, and whose processes count: for root everybody's. */
export type ProcView = { proc: string; uid: number }

const here = (): ProcView => ({ proc: "/proc", uid: process.getuid?.() ?? -1 })

/** {@link holdersBelow} by `/proc/<pid>/fd`, whose links are real paths. */
export function holdersInProc(folder: string, view = here()): Holders {
  const below = folder === "/" ? "/" : `${folder}/`
  const found: Holders = { holders: [], unreadable: false }
  for (const name of namesIn(view.proc) ?? []) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    const open = opensBelow(view, pid, below)
    if (open === "unreadable") found.unreadable = true
    else if (open && !isAim(view, pid)) found.holders.push(holderOf(view, pid))
  }
  return found
}

/** A file below `/proc`, or null. */
export function readProc(path: string): string | null {
  return readText(`/proc/${path}`)
}

/** Milliseconds from boot to a process's start; null when it is gone or a zombie. */
export function startOf(pid: number): number | null {
  return startIn("/proc", pid)
}

function opensBelow(view: ProcView, pid: number, below: string): boolean | "unreadable" {
  const folder = `${view.proc}/${pid}`
  const owner = ownerOf(folder)
  if (owner === null) return false
  // root may be at work in anybody's home (`sudo aim`), beside that user's clients.
  if (owner !== view.uid && view.uid !== 0) return isHidden(view, pid) ? "unreadable" : false
  const files = namesIn(`${folder}/fd`)
  if (files === null) {
    if (ownerOf(folder) === null) return false
    // In a container root may not look into others' processes, and not each of them is a client.
    return owner === view.uid || mayBeClient(view, pid) ? "unreadable" : false
  }
  return files.some((file) => linkAt(`${folder}/fd/${file}`)?.startsWith(below))
}

/**
 * Is it a process of this user that does not want to be looked into (`PR_SET_DUMPABLE`)? It
 * belongs to root in `/proc`, but its status still says whose it is.
 */
function isHidden(view: ProcView, pid: number): boolean {
  const status = readText(`${view.proc}/${pid}/status`) ?? ""
  return /^Uid:\s+(\d+)/m.exec(status)?.[1] === String(view.uid) && mayBeClient(view, pid)
}

function mayBeClient({ proc }: ProcView, pid: number): boolean {
  const status = readText(`${proc}/${pid}/status`) ?? ""
  return MAY_BE_CLIENT.test(/^Name:\s+(.*)$/m.exec(status)?.[1] ?? "")
}

/** Another run of this very program, also one that has been replaced on disk since. */
function isAim({ proc }: ProcView, pid: number): boolean {
  const program = linkAt(`${proc}/${pid}/exe`)?.replace(/ \(deleted\)$/, "")
  return program !== undefined && program === realPath(process.execPath)
}

function holderOf({ proc }: ProcView, pid: number): OpenHolder {
  const first = readText(`${proc}/${pid}/cmdline`)?.split("\0")[0] ?? ""
  const command = basename(first) || (readText(`${proc}/${pid}/comm`)?.trim() ?? "")
  const start = startIn(proc, pid)
  const boot = /^btime (\d+)$/m.exec(readText(`${proc}/stat`) ?? "")?.[1]
  const startedAt = start === null || boot === undefined ? null : Number(boot) * 1000 + start
  return { pid, command: printable(command), startedAt }
}

function startIn(proc: string, pid: number): number | null {
  const stat = readText(`${proc}/${pid}/stat`)
  // The name in brackets may hold anything, brackets too.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? []
  const [state, ticks] = [fields[0], Number(fields[19])]
  return state === undefined || state === "Z" || !Number.isFinite(ticks) ? null : ticks * TICK_MS
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}

function ownerOf(folder: string): number | null {
  try {
    return statSync(folder).uid
  } catch {
    return null
  }
}

/** Null when the folder can't be read; none when its process is gone. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder)
  } catch (error) {
    const errno = errnoOf(error)
    return errno === "ENOENT" || errno === "ESRCH" ? [] : null
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 64)
}
