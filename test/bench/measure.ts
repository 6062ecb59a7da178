import { join } from "node:path"

/** A command line, and the home that it is run in. */
export type Program = { words: string[]; env: Record<string, string> }

/** Milliseconds, CPU of all threads in milliseconds, the most memory in bytes, and how it ended. */
export type Cost = { median: number; least: number; cpu: number; memory: string; code: number }

/**
 * Starts each program once a round, so that a busy moment falls on all of them alike. Output goes
 * into a pipe, input is `/dev/null`, as in a timer or a script.
 */
export function measure(programs: Readonly<Record<string, Program>>, rounds: number) {
  const names = Object.keys(programs)
  const runs = new Map<string, { ms: number; cpu: number; code: number }[]>()
  // The first two rounds only warm the page cache.
  for (let round = -2; round < rounds; round++) {
    for (const name of names) {
      const begun = performance.now()
      const { exitCode, resourceUsage } = start(programs[name])
      const ms = performance.now() - begun
      const cpu = Number(resourceUsage?.cpuTime.total ?? 0) / 1_000
      if (round >= 0) runs.set(name, [...(runs.get(name) ?? []), { ms, cpu, code: exitCode }])
    }
  }
  return new Map(
    [...runs].map(([name, all]): [string, Cost] => [
      name,
      {
        median: median(all.map(({ ms }) => ms)),
        least: Math.min(...all.map(({ ms }) => ms)),
        cpu: median(all.map(({ cpu }) => cpu)),
        memory: memoryOf(programs[name]),
        code: all.find(({ code }) => code !== 0)?.code ?? 0,
      },
    ]),
  )
}

function start(program: Program | undefined) {
  const { words = [], env } = program ?? {}
  return Bun.spawnSync(words, { ...(env && { env }), stdin: "ignore", stderr: "ignore" })
}

/**
 * In MB. Linux counts for a child what its parent had when it was started, so a small process of
 * its own starts it; what is no more than that process itself can't be told apart.
 */
function memoryOf(program: Program | undefined): string {
  const words = [process.execPath, join(import.meta.dir, "memory.ts"), ...(program?.words ?? [])]
  return start({ words, env: program?.env ?? {} }).stdout.toString()
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
