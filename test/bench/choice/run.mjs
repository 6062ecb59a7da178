import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { ROOT } from "../../support/command.mjs"
import { bunPath, setUpOrExit } from "../../support/setup.mjs"

/** `npm run bench:choice`: plays simulated weeks under Bun, whose worker threads run TypeScript. */
await setUpOrExit()
const { status } = spawnSync(
  bunPath(),
  [join(ROOT, "test/bench/choice/choice.ts"), ...process.argv.slice(2)],
  { stdio: "inherit" },
)
process.exitCode = status ?? 1
