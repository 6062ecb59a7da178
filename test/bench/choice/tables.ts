import { CONSUMERS } from "./consumers.ts"
import { SHIPPED, SHIPPED_20 } from "./contestants.ts"
import type { Result } from "./job.ts"
import type { Mode } from "./policy.ts"
import type { Estimate } from "./spread.ts"
import { type Standings, standingsOf } from "./standings.ts"
import { POOLS } from "./world.ts"

const COLUMNS = [
  "stall min/wk",
  "of it: another label could serve",
  "expired while demand lost %",
  "re-read %",
  "switches/wk",
]

/** One mode's table, in Markdown: a row for each contestant. */
export function modeTable(mode: Mode, results: readonly Result[]): string[] {
  const standings = standingsOf(results.filter((result) => result.mode === mode))
  const champions = [SHIPPED, SHIPPED_20].filter((name) => standings.policies.includes(name))
  const leads = champions.map((name) => `${name} − it, 95 %`)
  return [
    `\n### ${mode}\n`,
    row(["", "demand served % (sd)", ...leads, ...COLUMNS]),
    row(["", "", ...leads, ...COLUMNS].map(() => "---")),
    ...standings.policies.map((policy) => rowOf(standings, policy, champions)),
  ]
}

function rowOf(standings: Standings, policy: string, champions: readonly string[]): string {
  const mean = (measure: Parameters<Standings["mean"]>[1], digits: number) =>
    standings.mean(policy, measure).toFixed(digits)
  return row([
    policy,
    `${mean("served", 1)} (${standings.deviation(policy, "served").toFixed(1)})`,
    ...champions.map((name) => (name === policy ? "-" : inPoints(standings.lead(name, policy)))),
    mean("stalled", 0),
    mean("needless", 0),
    mean("unused", 1),
    mean("reread", 1),
    mean("switches", 0),
  ])
}

/** Demand served by consumer and by number of labels, so that no mean hides a bad case. */
export function sliceTable(results: readonly Result[]): string[] {
  const modes = [...new Set(results.map(({ mode }) => mode))]
  const names = [...new Set(results.map(({ policy }) => policy))]
  const slices: [string, (result: Result) => boolean][] = [
    ...CONSUMERS.map((each): [string, (result: Result) => boolean] => [
      each,
      ({ consumer }) => consumer === each,
    ]),
    ...Object.keys(POOLS).map((count): [string, (result: Result) => boolean] => [
      `${count} labels`,
      ({ labels }) => labels === Number(count),
    ]),
  ]
  const rows = slices.flatMap(([name, within]) =>
    modes.map((mode) => {
      const { policies, mean } = standingsOf(
        results.filter((result) => result.mode === mode && within(result)),
      )
      const cells = names.map((policy) =>
        policies.includes(policy) ? mean(policy, "served").toFixed(1) : "",
      )
      return row([name, mode, ...cells])
    }),
  )
  const head = ["demand served %", "mode", ...names]
  return ["", row(head), row(head.map(() => "---")), ...rows]
}

export function inPoints({ mean, half }: Estimate): string {
  const sign = mean < 0 ? "−" : "+"
  return `${sign}${Math.abs(mean).toFixed(2)} ± ${half.toFixed(2)}`
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`
}
