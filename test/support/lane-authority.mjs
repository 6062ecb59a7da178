import { existsSync } from "node:fs"
import { ensurePackages } from "./debian.mjs"
import { testFiles } from "./lane.mjs"
import { peerNote } from "./peer-note.mjs"
import { testSealed } from "./sealed.mjs"

/**
 * The authority lane: two aims, and a real OpenSSH server between them. Arguments are test files
 * and flags of `bun test`; without any, all of test/authority-ssh. The reference program itself
 * stands on the other side only where AIM_PEER_AIMGR names a checkout of it; nothing is fetched.
 */
const server = await ensureServer()
if (!server.ok) {
  process.stderr.write(server.output)
  process.exit(1)
}
process.stderr.write(`authority: ${peerNote()}\n`)
const asked = process.argv.slice(2)
const files = asked.length > 0 ? asked : testFiles("test/authority-ssh")
process.exitCode = await testSealed("authority", ["--only-failures", "--timeout=120000", ...files])

async function ensureServer() {
  const isThere = async () => existsSync("/usr/sbin/sshd") && existsSync("/usr/bin/ssh")
  const packages = ["openssh-server", "openssh-client"]
  const { ok, output } = await ensurePackages(packages, isThere)
  if (ok) return { ok, output: "" }
  const hint = "hint: install openssh-server, or leave the lane out: AIM_TEST_WITHOUT=authority"
  return { ok, output: `${output}error: OpenSSH's server is not there\n\n${hint}\n` }
}
