import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { ROOT, run } from "./command.mjs"
import { bunPath } from "./setup.mjs"

/**
 * What a lane came to. `output` is for a person when something failed.
 * @typedef {{ passed: number, failed: number, output: string }} Outcome
 */

/** Every test file below a folder, as `./test/...`, in one order everywhere. */
export function testFiles(dir) {
  return readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => `./${relative(ROOT, join(entry.parentPath ?? entry.path, entry.name))}`)
    .filter((path) => !path.includes("/node_modules/"))
    .sort()
}

/**
 * Runs test files with Bun, in an environment that can't reach the operator's own homes.
 * @param {string[]} files
 * @param {string[]} flags of `bun test`
 * @returns {Promise<Outcome>}
 */
export async function bunTest(files, flags) {
  if (files.length === 0) return { passed: 0, failed: 1, output: "no test files\n" }
  const home = mkdtempSync(join(tmpdir(), "aim-test-home-"))
  try {
    const env = { ...laneEnvironment(), HOME: home }
    return outcomeOf(await run(bunPath(), ["test", "--only-failures", ...flags, ...files], { env }))
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** This environment without what would change a test's meaning. */
export function laneEnvironment() {
  const foreign =
    /^(AIM_(?!TEST_|PEER_)|BUN_|CODEX_|CLAUDE_|PI_|OPENCLAW_|HERMES_|FORCE_COLOR$|.*_proxy$)/i
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: "1", TZ: "UTC" }
}

/**
 * Reads Bun's closing lines. A run without them, one that ran nothing, and one that ended badly
 * although no test failed count as a failure; so does a skipped test, since nothing is left out
 * in silence.
 * @param {{ code: number, output: string }} result
 * @returns {Outcome}
 */
export function outcomeOf({ code, output }) {
  const closing = output.lastIndexOf("\nRan ")
  if (closing < 0) return { passed: 0, failed: 1, output: `${output}\nthe tests did not end\n` }
  const tail = output.slice(0, closing)
  const passed = lastCount(tail, "pass")
  const failed = lastCount(tail, "fail")
  const skipped = lastCount(tail, "skip") + lastCount(tail, "todo")
  const notes = skipped > 0 ? `\n${skipped} skipped or to do: counted as failed\n` : ""
  const broken = failed + skipped
  if (broken === 0 && (code !== 0 || passed === 0))
    return { passed, failed: 1, output: `${output}\nexit code ${code}, ${passed} tests passed\n` }
  return { passed, failed: broken, output: `${output}${notes}` }
}

function lastCount(text, word) {
  const lines = text.split("\n").slice(-8)
  const line = lines.findLast((candidate) => new RegExp(`^ *\\d+ ${word}$`).test(candidate))
  return line === undefined ? 0 : Number.parseInt(line, 10)
}
