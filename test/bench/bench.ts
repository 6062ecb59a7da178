import { closeSync, fsyncSync, openSync } from "node:fs"
import { cpus, loadavg, release } from "node:os"
import { join } from "node:path"
import { type Cost, measure, type Program } from "./measure.ts"
import { type Ends, tidyAll } from "./retention.ts"
import { servedHomes } from "./served-world.ts"
import { fillYear, YEAR_ROWS } from "./year-ledger.ts"
import { tickAway, YEAR_TICKS } from "./year-of-ticks.ts"

/** Run by run.mjs. Prints what aim costs as a table in Markdown, beside programs that do nothing. */
const ROUNDS = Number(process.env.AIM_BENCH_ROUNDS ?? 40)
const AIM = join(import.meta.dir, "../../dist/aim")
const TICK = "`aim codex watch --once`, 30 labels, nothing to do"
const EMPTY = "an empty program, compiled by Bun"

/** Design §7: what a command may cost, ms; `more` beside the empty program of the same run. */
type Limit = { more: number } | { whole: number } | { cpu: number }
const LIMITS: Readonly<Record<string, Limit>> = {
  "`aim --version`": { more: 5 },
  "`aim status --cached`, 30 labels, a year": { whole: 40 },
  "`aim status --cached`, 30 labels, a year of ticks": { whole: 40 },
  [TICK]: { cpu: 60 },
}
const LONGEST_HOLD_UP = 50

using homes = await servedHomes(AIM)
const { young, year, ticked, none } = homes
const aim = (home: string, ...words: string[]): Program => ({
  words: [AIM, ...words],
  env: homes.env(home),
})
const cached = ["status", "--cached"]
const rows = YEAR_ROWS.toLocaleString("en-US")
const ledger = join(year, ".aimgr", "ledger.db")
const load = () => loadavg()[0]?.toFixed(1)

const made = performance.now()
const loadBefore = load()
fillYear(ledger, homes.labels, Date.now(), YEAR_ROWS)
// What the disk has still to write must not count against the first command.
const file = openSync(ledger, "r+")
fsyncSync(file)
closeSync(file)
await tickAway(ticked, homes.env(ticked))
const seconds = ((performance.now() - made) / 1000).toFixed(0)
const ticks = YEAR_TICKS.toLocaleString("en-US")
const kilobytes = Math.round(Bun.file(join(ticked, ".aimgr", "ledger.db")).size / 1_000)
say(`${rows} rows of usage and ${ticks} ticks made in ${seconds} s`)
say(`the ledger after the ticks: ${kilobytes.toLocaleString("en-US")} KB\n`)

const programs: Record<string, Program> = {
  [EMPTY]: { words: [process.env.AIM_BENCH_EMPTY ?? ""], env: homes.env(none) },
  "`node -e 0`": { words: [process.env.AIM_BENCH_NODE ?? "", "-e", "0"], env: homes.env(none) },
  "`aim --version`": aim(none, "--version"),
  "`aim status`, empty home": aim(none, "status"),
  "`aim status --cached`, 30 labels, empty ledger": aim(young, ...cached),
  "`aim status --cached`, 30 labels, a year": aim(year, ...cached),
  "`aim status --cached`, 30 labels, a year of ticks": aim(ticked, ...cached),
  "`aim codex use`, 30 labels, nothing to do": aim(young, "codex", "use"),
  [TICK]: aim(young, "codex", "watch", "--once"),
  "a TAB behind `aim codex`": aim(young, "__complete", "bash", "aim codex "),
  "a TAB among 30 labels": aim(young, "__complete", "bash", "aim account show "),
}
table(measure(programs, ROUNDS))

const retention = await tidyAll(ledger)
const { commands, without, others } = retention
const ends = ({ median, longest, cpu }: Ends) =>
  [median, longest, cpu].map((ms) => ms.toFixed(1)).join(" | ")
const over = retention.with.longest > LONGEST_HOLD_UP ? ` OVER ${LONGEST_HOLD_UP} ms` : ""
say(
  "\n| the end of a command: retention, closing the ledger | ms, median | longest | longest in CPU |",
)
say("|---|---|---|---|")
say(`| without retention | ${ends(without)} |`)
say(
  `| with it, ${commands} commands until the year is rolled up | ${ends(retention.with)} |${over}`,
)
say(`| a write of another process meanwhile | | ${others.toFixed(1)} | |\n`)

table(
  measure(
    {
      [EMPTY]: programs[EMPTY] ?? aim(none),
      "`aim status --cached`, 30 labels, empty ledger": aim(young, ...cached),
      "`aim status --cached`, the year rolled up": aim(year, ...cached),
    },
    ROUNDS,
  ),
)
const [cpu] = cpus()
say(`\n${cpus().length} cores (${cpu?.model}), ${process.platform} ${process.arch} ${release()};`)
say(`load ${loadBefore} at the beginning, ${load()} at the end; ${ROUNDS} interleaved rounds`)

function table(costs: ReadonlyMap<string, Cost>): void {
  const base = costs.get(EMPTY)
  say("| | ms, median | least | beside the empty one | CPU, ms | memory, MB |")
  say("|---|---|---|---|---|---|")
  for (const [name, cost] of costs) {
    const { median, least, cpu, memory, code } = cost
    const ratio = `x${(median / (base?.median ?? Number.NaN)).toFixed(1)}`
    const times = [median, least].map((ms) => ms.toFixed(1))
    say(
      `| ${[name, ...times, ratio, cpu.toFixed(1), memory].join(" | ")} |${note(name, cost, base)}`,
    )
    if (code !== 0) process.exitCode = 1
  }
}

/** Stands behind a row: what is not within its limit, or is no measurement at all. */
function note(name: string, { median, cpu, code }: Cost, base: Cost | undefined): string {
  if (code !== 0) return ` exit code ${code}: not a measurement`
  const limit = LIMITS[name]
  if (limit === undefined) return ""
  const over =
    "more" in limit
      ? median - (base?.median ?? 0) > limit.more
      : "cpu" in limit
        ? cpu > limit.cpu
        : median > limit.whole
  return over ? ` OVER ${JSON.stringify(limit)}` : ""
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
