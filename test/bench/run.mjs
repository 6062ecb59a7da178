import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "../support/build.mjs"
import { ROOT } from "../support/command.mjs"
import { setUpOrExit } from "../support/setup.mjs"
import { emptyBinary } from "./empty.mjs"
import { measure } from "./measure.mjs"
import { servedWorld } from "./served-world.mjs"

const ROUNDS = 60
const BASELINE = "empty Bun binary"

/** Design §7: what a command may cost, ms; `more` beside the baseline of the same run, `whole` at all. */
const LIMITS = {
  "aim --version": { more: 5 },
  "aim status --cached, 30 labels": { whole: 40 },
}

await setUpOrExit()
const built = await build("release")
if (!built.ok) {
  process.stderr.write(built.output)
  process.exit(1)
}
const aim = join(ROOT, "dist/aim")
const empty = mkdtempSync(join(tmpdir(), "aim-bench-"))
const world = await servedWorld()
const env = { PATH: process.env.PATH ?? "", HOME: world.home, LANG: "C.UTF-8", ...world.env }
try {
  spawnSync(aim, ["codex", "use"], { env, stdio: "ignore" })
  const programs = {
    [BASELINE]: [await emptyBinary()],
    "aim --version": [aim, "--version"],
    "aim status, empty home": [aim, "status", "--home", empty],
    "aim status --cached, 30 labels": [aim, "status", "--cached"],
    "aim codex use, a noop": [aim, "codex", "use"],
    "a TAB behind `aim codex `": [aim, "__complete", "bash", "aim codex "],
    "a TAB among 30 labels": [aim, "__complete", "bash", "aim account show "],
    "node -e 0": [process.execPath, "-e", "0"],
  }
  report(measure(programs, { rounds: ROUNDS, env, cwd: world.home }))
} finally {
  await world.stop()
  rmSync(empty, { recursive: true, force: true })
}

function report(results) {
  const base = results[BASELINE].median
  console.log(`medians of ${ROUNDS} interleaved rounds\n`)
  for (const [name, { median, code }] of Object.entries(results)) {
    const more = median - base
    const limit = LIMITS[name]
    const notes = [
      code === 0 ? "" : `exit code ${code}: not a measurement`,
      limit?.more === undefined
        ? ""
        : `${more <= limit.more ? "within" : "OVER"} +${limit.more} ms`,
      limit?.whole === undefined
        ? ""
        : `${median <= limit.whole ? "within" : "OVER"} ${limit.whole} ms`,
    ].filter(Boolean)
    if (code !== 0) process.exitCode = 1
    console.log(
      `${name.padEnd(31)} ${median.toFixed(1).padStart(7)} ms  x${(median / base).toFixed(2)}  ` +
        `${more >= 0 ? "+" : ""}${more.toFixed(1)} ms  ${notes.join(", ")}`.trimEnd(),
    )
  }
}
