import { existsSync, readdirSync } from "node:fs"
import { runChild } from "./spawn.ts"

/** A running program: who started it, and its words. They may hold secrets: never print them. */
export type Running = { pid: number; parent: number; argv: string[] }

const LIMIT_MS = 5_000

/** The programs that run on this machine, as far as this user may see them. */
export async function runningProcesses(): Promise<Running[]> {
  if (existsSync("/proc/self/stat")) return runningInProc()
  const { stdout } = await runChild(["ps", "-axww", "-o", "pid=,ppid=,command="], {
    timeoutMs: LIMIT_MS,
  })
  return readTable(stdout)
}

/** Those that `pid` started, and what they started, nearest first. */
export function startedBy(pid: number, all: readonly Running[]): Running[] {
  const found: Running[] = []
  let parents = new Set([pid])
  while (parents.size > 0) {
    const next = all.filter((each) => parents.has(each.parent) && !found.includes(each))
    found.push(...next)
    parents = new Set(next.map((each) => each.pid))
  }
  return found
}

/** What `ps` prints: words are told apart only where a flag begins, so that a path keeps its spaces. */
export function readTable(text: string): Running[] {
  return text.split("\n").flatMap((line) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(\S.*)$/.exec(line) ?? []
    if (pid === undefined) return []
    return [{ pid: Number(pid), parent: Number(parent), argv: command.split(/ (?=--)/) }]
  })
}

async function runningInProc(): Promise<Running[]> {
  const { readProc } = await import("./processes-proc.ts")
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid)) return []
    const stat = readProc(`${pid}/stat`) ?? ""
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const argv = readProc(`${pid}/cmdline`)?.replace(/\0$/, "").split("\0") ?? []
    if (state === undefined || state === "Z" || argv[0] === undefined || argv[0] === "") return []
    return [{ pid, parent: Number(parent), argv }]
  })
}
