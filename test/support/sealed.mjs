import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ROOT, run } from "./command.mjs"
import { laneEnvironment } from "./lane.mjs"
import { bunPath } from "./setup.mjs"

/**
 * Runs `bun test` in a network namespace of its own, where the simulator is on the same loopback
 * and nothing else exists; gives its exit code.
 *
 * Sealing needs `unshare` (util-linux) and the right to a namespace: as root, or as a user where
 * user namespaces are allowed. Where neither is, the tests run unsealed and say so; what they start
 * is kept on loopback by its own configuration all the same.
 * @param {string} lane its name, for the line on stderr
 * @param {string[]} args of `bun test`
 */
export async function testSealed(lane, args) {
  const loopbackUp = [bunPath(), join(ROOT, "test/support/loopback-up.ts")]
  const seal = await firstThatWorks(loopbackUp, [
    ["unshare", "--net"],
    ["unshare", "--net", "--map-root-user"],
  ])
  if (seal === null) process.stderr.write(`${lane}: no network namespace to be had, not sealed\n`)
  const tests = ["test", ...args]
  const inside = [...loopbackUp.map(quoted), "&&", "exec", ...[bunPath(), ...tests].map(quoted)]
  const command = seal === null ? [bunPath(), ...tests] : [...seal, "sh", "-c", inside.join(" ")]
  const home = mkdtempSync(join(tmpdir(), "aim-test-home-"))
  try {
    const env = { ...laneEnvironment(), HOME: home, AIM_TEST_SEALED: seal === null ? "0" : "1" }
    return (await run(command[0], command.slice(1), { env, show: true })).code
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function firstThatWorks(loopbackUp, prefixes) {
  for (const prefix of prefixes) {
    const { code } = await run(prefix[0], [...prefix.slice(1), ...loopbackUp])
    if (code === 0) return prefix
  }
  return null
}

function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`
}
