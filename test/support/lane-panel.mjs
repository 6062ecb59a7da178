import { canRun, ensurePackages } from "./debian.mjs"
import { testFiles } from "./lane.mjs"
import { testSealed } from "./sealed.mjs"

/**
 * The panel lane: keys are typed at a real terminal, and its screen is read. Sealed, since somebody
 * who logs in there takes the ports that the issuer knows. Arguments as for the login lane.
 */
const terminal = await ensureTerminal()
if (!terminal.ok) {
  process.stderr.write(terminal.output)
  process.exit(1)
}
const asked = process.argv.slice(2)
const files = asked.length > 0 ? asked : testFiles("test/panel-screen")
process.exitCode = await testSealed("panel", ["--only-failures", "--timeout=300000", ...files])

/** The real terminal behind the tests that type keys and read the screen. */
async function ensureTerminal() {
  const { ok, output } = await ensurePackages(["tmux"], () => canRun(["tmux"], "-V"))
  if (ok) return { ok, output: "" }
  const hint = "hint: install it, or leave the lane out: AIM_TEST_WITHOUT=panel"
  return { ok, output: `${output}error: tmux is not there\n\n${hint}\n` }
}
