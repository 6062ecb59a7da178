import { join } from "node:path"
import { ROOT } from "./command.mjs"
import { testFiles } from "./lane.mjs"
import { ensurePacked } from "./packed.mjs"
import { testSealed } from "./sealed.mjs"
import { ensureInstalled } from "./setup.mjs"

/**
 * The peers lane: installs the pinned clients, then runs their tests sealed. Their config.toml
 * keeps Codex on loopback, a models.json and an extension Pi. Arguments are test files and flags of
 * `bun test`; without any, all of test/peers.
 */
const peers = join(ROOT, "test/peers")
for (const install of [ensureInstalled, ensurePacked]) {
  const installed = await install(peers)
  if (installed.ok) continue
  process.stderr.write(`${installed.output}\nerror: the clients of test/peers did not install\n`)
  process.exit(1)
}
const asked = process.argv.slice(2)
const files = asked.length > 0 ? asked : testFiles("test/peers")
process.exitCode = await testSealed("peers", ["--timeout=180000", ...files])
