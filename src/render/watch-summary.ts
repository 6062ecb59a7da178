import type { Tally } from "../operations/watch-tally.ts"
import { duration } from "./layout/duration.ts"
import { count } from "./layout/fields.ts"

/** What a loop has come to, as its last word; `ms` is how long it ran. */
export function summaryLine({ looks, switches, failures }: Tally, ms: number): string {
  const moved = `${switches} ${switches === 1 ? "switch" : "switches"}`
  return `watched for ${duration(ms)}: ${count(looks, "look")}, ${moved}, ${count(failures, "failure")}`
}
