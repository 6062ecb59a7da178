import { spawnSync } from "node:child_process"

/**
 * Starts each program once a round, so that a busy moment falls on all of them alike.
 * @param {Record<string, string[]>} programs command lines by name
 * @param {{ rounds: number, env: Record<string, string>, cwd: string }} options
 * @returns {Record<string, { median: number, code: number | null }>} milliseconds, exit code
 */
export function measure(programs, { rounds, env, cwd }) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
  const codes = {}
  // The first two rounds only warm the page cache.
  for (let round = -2; round < rounds; round++) {
    for (const [name, [program, ...args]] of Object.entries(programs)) {
      const started = performance.now()
      codes[name] = spawnSync(program, args, { env, cwd, stdio: "ignore" }).status
      if (round >= 0) times[name].push(performance.now() - started)
    }
  }
  return Object.fromEntries(
    Object.keys(programs).map((name) => [name, { median: median(times[name]), code: codes[name] }]),
  )
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
