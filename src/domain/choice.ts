import { IDLE_MINUTES, IDLE_PACE_GAIN, MIN_RUNWAY_GAIN } from "./choice/constants.ts"
import { answers, lastResort } from "./choice/last-resort.ts"
import {
  cannotStay,
  causesToLeave,
  type LeaveCause,
  onlyForecast,
  onlyThreshold,
} from "./choice/leave-causes.ts"
import { modePolicy } from "./choice/mode-policy.ts"
import { numbersOf, termsOf } from "./choice/report.ts"
import { type Standing, standingOf } from "./choice/standing.ts"
import { type Picked, pickBest } from "./choice/standing-order.ts"
import type { Choice, ChoiceInput, Reason } from "./choice/types.ts"
import { compareLabels } from "./label-order.ts"

/** A decision before it is written out. No `go` means that the current label stays. */
type Verdict = {
  reason: Reason
  go?: Standing
  considered?: Standing
  also?: string[]
}

/** What every step of the decision looks at. */
type Situation = {
  current: Standing | null
  causes: LeaveCause[]
  starting: boolean
  /** Nothing runs, so a switch costs no warm session. */
  unhurried: boolean
  standings: Standing[]
}

/**
 * Which label should serve: the policy of design §6 and choice-policy.md §4. A pure function of its
 * input, indifferent to the order of the labels, linear in their number but for sorting the terms.
 * @param input labels must be unique; burn above 0
 */
export function chooseLabel(input: ChoiceInput): Choice {
  const policy = modePolicy(input.mode, input.tickMinutes)
  const standings = input.labels.map((label) => standingOf(label, input, policy))
  const current = standings.find(({ label }) => label === input.current) ?? null
  const causes = causesToLeave(input, current, policy)
  const starting = input.starting || input.mode === "use"
  const unhurried = starting || input.burn.idleMinutes >= IDLE_MINUTES
  const situation = { current, causes, starting, unhurried, standings }

  const verdict = causes.length > 0 ? leave(situation) : stayOrMove(situation)
  const label = verdict.go?.label ?? input.current
  const considered = verdict.go ?? verdict.considered ?? null
  const alsoReasons = [...new Set([...(verdict.also ?? []), ...causes])]
  return {
    label,
    reason: verdict.reason,
    alsoReasons: alsoReasons.filter((reason) => reason !== verdict.reason),
    kept: label !== null && label === input.current,
    considered: considered?.label ?? null,
    numbers: numbersOf(input, policy, current, considered),
    earliestResetAt: earliest(standings),
    terms: standings.map(termsOf).sort((a, b) => compareLabels(a.label, b.label)),
  }
}

/** Nothing forces a move: only unhurried moments are used, and only for a real gain. */
function stayOrMove(situation: Situation): Verdict {
  const { current, starting, unhurried, standings } = situation
  if (!current?.known) return { reason: "usage_unknown" }
  if (!unhurried) return { reason: "lasts" }

  const serving = standings.filter(({ serve }) => serve)
  const lasting = serving.filter(({ aboveThresholds }) => aboveThresholds)
  const pick = pickBest(lasting) ?? pickBest(serving)
  if (pick === null) return noneServes(situation)
  const { best, carries } = pick
  if (carries) {
    if (current.carry && best.pace <= IDLE_PACE_GAIN * current.pace) {
      return { reason: "idle_no_better", considered: best }
    }
    return { reason: starting ? "best_pace_start" : "best_pace_idle", go: best }
  }
  if (!outlasts(best, current)) return { reason: "no_better", considered: best }
  return { reason: "longest_runway", go: best }
}

/**
 * The current label should be left. If only a forecast says so, and work goes on, it is left for one
 * that clearly lasts longer; in an unhurried moment any that carries will do, and the best pace goes.
 */
function leave(situation: Situation): Verdict {
  const { causes, current, standings, unhurried } = situation
  const serving = standings.filter((standing) => standing.serve && standing !== current)
  const spared = onlyThreshold(causes)
    ? serving.filter(({ aboveThresholds, calm }) => aboveThresholds && calm)
    : serving
  const best = pickBest(spared)
  const free = current === null || !onlyForecast(causes) || (unhurried && best?.carries)
  const pick = free ? best : pickBest(spared.filter((standing) => outlasts(standing, current)))
  if (pick !== null) {
    const also = pick.carries ? [] : ["longest_runway"]
    return { reason: reasonToGo(causes, pick), go: pick.best, also }
  }
  const beaten = best ?? pickBest(serving)
  return beaten === null ? noneServes(situation) : { reason: "no_better", considered: beaten.best }
}

/**
 * No other label can serve: the last resort if the current one can't go on either. What has too
 * little for this burn, yet something, answers still; only who asked to leave it hears otherwise.
 */
function noneServes({ causes, current, standings }: Situation): Verdict {
  const staying = cannotStay(causes) ? null : current
  const others = standings.filter((standing) => standing !== current)
  const rung = lastResort(others, staying)
  if (rung !== null) return { reason: "last_resort", go: rung }
  const stays = staying !== null && answers(staying) && !causes.includes("next")
  return { reason: stays ? "no_better" : "nothing_can_serve" }
}

function outlasts(standing: Standing, current: Standing): boolean {
  return standing.runwayMean > MIN_RUNWAY_GAIN * current.runwayMean
}

function reasonToGo(causes: readonly LeaveCause[], { carries }: Picked): Reason {
  const cause = causes.find((each) => each !== "next")
  if (cause !== undefined && cause !== "no_current") return cause
  return carries ? "best_pace_start" : "longest_runway"
}

function earliest(standings: readonly Standing[]): number | null {
  return standings.reduce<number | null>(
    (soonest, { freeAt }) =>
      freeAt !== null && (soonest === null || freeAt < soonest) ? freeAt : soonest,
    null,
  )
}
