import { join } from "node:path"
import { build } from "./build.mjs"
import { ROOT, run } from "./command.mjs"
import { setUpOrExit } from "./setup.mjs"

await setUpOrExit()
const built = await build("release")
if (!built.ok) {
  process.stderr.write(built.output)
  process.exitCode = 1
} else {
  // ctrl-C reaches the demo as well, which cleans up; it is waited for.
  process.on("SIGINT", () => {})
  const args = ["demo", ...process.argv.slice(2)]
  process.exitCode = (await run(join(ROOT, "dist/aim"), args, { show: true })).code
}
