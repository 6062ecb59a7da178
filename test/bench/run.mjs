import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { build } from "../support/build.mjs"
import { ROOT } from "../support/command.mjs"
import { bunPath, setUpOrExit } from "../support/setup.mjs"
import { emptyBinary } from "./empty.mjs"

/** `npm run bench`: builds what is measured, then measures under Bun, which tells CPU and memory. */
await setUpOrExit()
const built = await build("release")
if (!built.ok) {
  process.stderr.write(built.output)
  process.exit(1)
}
const empty = await emptyBinary()
const { status } = spawnSync(bunPath(), [join(ROOT, "test/bench/bench.ts")], {
  env: { ...process.env, AIM_BENCH_EMPTY: empty, AIM_BENCH_NODE: process.execPath },
  stdio: "inherit",
})
process.exitCode = status ?? 1
