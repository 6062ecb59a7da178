import { join } from "node:path"
import { ROOT } from "./command.mjs"
import { testFiles } from "./lane.mjs"
import { testSealed } from "./sealed.mjs"
import { ensureInstalled } from "./setup.mjs"

/**
 * The claude lane: installs the pinned Claude Code (166 MiB once, 360 MiB on disk; its licence
 * forbids to pass it on, so it is never committed), then runs its tests sealed. Its proxy setting
 * keeps it on loopback. Arguments are test files and flags of `bun test`; without any, all of
 * test/claude.
 */
const installed = await ensureInstalled(join(ROOT, "test/claude"), { scripts: false })
if (!installed.ok) {
  process.stderr.write(
    `${installed.output}\nerror: the Claude Code of test/claude did not install\n`,
  )
  process.exit(1)
}
const asked = process.argv.slice(2)
const files = asked.length > 0 ? asked : testFiles("test/claude")
process.exitCode = await testSealed("claude", ["--timeout=300000", ...files])
