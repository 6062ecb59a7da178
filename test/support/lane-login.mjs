import { canRun, ensurePackages } from "./debian.mjs"
import { testFiles } from "./lane.mjs"
import { testSealed } from "./sealed.mjs"

/**
 * The login lane: logins take the ports that the issuer knows, of which there are two on a machine,
 * so they run in a network of their own. Arguments are test files and flags of `bun test`; without
 * any, all of test/login. Where no such network is to be had, the machine's two ports must be free.
 */
const browser = await ensureBrowser()
if (!browser.ok) {
  process.stderr.write(browser.output)
  process.exit(1)
}
const asked = process.argv.slice(2)
const files = asked.length > 0 ? asked : testFiles("test/login")
process.exitCode = await testSealed("login", ["--only-failures", "--timeout=180000", ...files])

/** The real browser that walks a login: from the system's packages, where root may install it. */
async function ensureBrowser() {
  const { ok, output } = await ensurePackages(["chromium"], () => canRun(["chromium"]))
  if (ok) return { ok, output: "" }
  const hint = "hint: install it, or leave the lane out: AIM_TEST_WITHOUT=login"
  return { ok, output: `${output}error: Chromium is not there\n\n${hint}\n` }
}
