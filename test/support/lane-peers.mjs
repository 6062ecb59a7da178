import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ROOT, run } from "./command.mjs"
import { laneEnvironment, testFiles } from "./lane.mjs"
import { bunPath, ensureInstalled } from "./setup.mjs"

/**
 * The peers lane: installs the pinned clients, then runs their tests in a network namespace of
 * their own, where the simulator is on the same loopback and nothing else exists. Arguments are
 * test files and flags of `bun test`; without any, all of test/peers.
 *
 * Sealing needs `unshare` (util-linux) and the right to a namespace: as root, or as a user where
 * user namespaces are allowed. Where neither is, the tests run unsealed and say so; their
 * config.toml keeps the client on loopback all the same.
 */
const installed = await ensureInstalled(join(ROOT, "test/peers"))
if (!installed.ok) fail(`${installed.output}\nerror: the clients of test/peers did not install\n`)

const loopbackUp = [bunPath(), join(ROOT, "test/support/loopback-up.ts")]
const seal = await firstThatWorks([
  ["unshare", "--net"],
  ["unshare", "--net", "--map-root-user"],
])
if (seal === null) process.stderr.write("peers: no network namespace to be had, not sealed\n")

const asked = process.argv.slice(2)
const tests = ["test", "--timeout=60000", ...(asked.length > 0 ? asked : testFiles("test/peers"))]
const inside = [...loopbackUp.map(quoted), "&&", "exec", ...[bunPath(), ...tests].map(quoted)]
const command = seal === null ? [bunPath(), ...tests] : [...seal, "sh", "-c", inside.join(" ")]
const home = mkdtempSync(join(tmpdir(), "aim-test-home-"))
try {
  const env = { ...laneEnvironment(), HOME: home, AIM_TEST_SEALED: seal === null ? "0" : "1" }
  const { code } = await run(command[0], command.slice(1), { env, show: true })
  process.exitCode = code
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function firstThatWorks(prefixes) {
  for (const prefix of prefixes) {
    const { code } = await run(prefix[0], [...prefix.slice(1), ...loopbackUp])
    if (code === 0) return prefix
  }
  return null
}

function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`
}

function fail(message) {
  process.stderr.write(message)
  process.exit(1)
}
