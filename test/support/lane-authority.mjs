import { testFiles } from "./lane.mjs"
import { peerNote } from "./peer-note.mjs"
import { testSealed } from "./sealed.mjs"
import { ensureServer } from "./ssh-server.mjs"

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
process.exitCode = await testSealed("authority", ["--only-failures", "--timeout=300000", ...files])
