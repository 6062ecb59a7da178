import { parseArgs } from "node:util"
import { jobsOf } from "./job.ts"
import { nearLimitsTable } from "./near-limits.ts"
import { playAll } from "./players.ts"
import { MODES, type Mode } from "./policy.ts"
import { speedLines } from "./speed.ts"
import { modeTable, row, sliceTable } from "./tables.ts"
import { verdictsOf } from "./verdicts.ts"

/**
 * Run by run.mjs. Plays simulated weeks of the model in reference/choice-policy.md §1 and sets the
 * shipped functions beside simpler rules, and both beside what that page found.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "8" },
    weeks: { type: "string", default: "1" },
    seed: { type: "string", default: String(1 + Math.floor(Math.random() * 999_999)) },
    modes: { type: "string", default: MODES.join(",") },
  },
})
const seed = wholeNumber("seed")
const size = { seeds: wholeNumber("seeds"), weeks: wholeNumber("weeks") }
const modes = values.modes.split(",").map(modeNamed)

const jobs = jobsOf(seed, { ...size, modes })
say(`seed ${seed}: ${size.seeds} seeds x 16 scenarios, a week of warm-up and ${size.weeks} counted`)
say(
  `again: npm run bench:choice -- --seed ${seed} --seeds ${size.seeds} --weeks ${size.weeks} --modes ${modes.join(",")}`,
)
const begun = performance.now()
const results = await playAll(jobs, (count) => {
  if (count % 16 === 0) process.stderr.write(`${count} of ${jobs.length} worlds\n`)
})
for (const mode of modes) for (const line of modeTable(mode, results)) say(line)
for (const line of sliceTable(results)) say(line)

for (const mode of modes.filter((each) => each !== "use"))
  for (const line of nearLimitsTable(seed, mode)) say(line)

say("\n### Beside reference/choice-policy.md (50 seeds x 4 weeks)\n")
say(row(["", "here", "page", ""]))
say(row(["---", "---", "---", "---"]))
const verdicts = modes.flatMap((mode) => verdictsOf(mode, results))
for (const { what, here, page, word } of verdicts) say(row([what, here, page, word]))
const reproduced = verdicts.filter(({ good }) => good).length
say(`\n${reproduced} of ${verdicts.length} figures are reproduced within their spread`)

for (const line of speedLines()) say(line)
say(`${((performance.now() - begun) / 1000).toFixed(0)} s`)

function wholeNumber(name: "seed" | "seeds" | "weeks"): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 1 && number <= 1_000_000) return number
  throw new Error(`--${name} is a whole number from 1 to 1000000`)
}

function modeNamed(name: string): Mode {
  const mode = MODES.find((each) => each === name)
  if (mode === undefined) throw new Error(`--modes is some of ${MODES.join(", ")}`)
  return mode
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
