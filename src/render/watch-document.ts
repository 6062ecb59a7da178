import type { Watched } from "../operations/watch-once.ts"
import { isoTime } from "../system/time.ts"
import { failureIn } from "./switch-document.ts"

/** `aim <client> watch` for programs: the tick's receipt, the run it belongs to, the first blocker. */
export function watchDocument({ ok, receipt, run }: Watched): object {
  const { observedAt } = receipt
  const { since, until, ticks } =
    run === null
      ? { since: observedAt, until: observedAt, ticks: 1 }
      : { since: isoTime(run.firstAt), until: isoTime(run.lastAt), ticks: run.count }
  return {
    ok,
    ...failureIn(ok, receipt.blockers),
    watched: { status: receipt.status, receipt, run: { since, until, ticks } },
  }
}
