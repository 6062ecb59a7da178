import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** The checkout's root folder, with a trailing slash. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url))

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show` lets the
 *   program talk to the terminal itself; otherwise its output is collected
 * @returns {Promise<{ code: number, output: string }>} 128 + n when a signal ended it, 127 when
 *   it could not be started
 */
export function run(program, args, options = {}) {
  const stdio = options.show ? "inherit" : ["ignore", "pipe", "pipe"]
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    env: options.env ?? process.env,
    stdio,
  })
  const chunks = []
  child.stdout?.on("data", (chunk) => chunks.push(chunk))
  child.stderr?.on("data", (chunk) => chunks.push(chunk))
  const output = () => Buffer.concat(chunks).toString("utf8")
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 127, output: `${output()}${error.message}\n` }))
    child.on("close", (code) => resolve({ code: code ?? 128, output: output() }))
  })
}
