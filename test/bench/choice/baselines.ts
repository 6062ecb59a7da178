import { WEEK } from "./clock.ts"
import type { Moment, PolicyMaker } from "./policy.ts"
import type { Seen } from "./readings.ts"

/** A label as the simple policies see it. */
type Candidate = Seen & { label: number }

const STALE = 30
const EXHAUSTED = 95
const TRIGGER_LEFT = 20
const GATE_LEFT = 80

/** Labels are taken up again or left by percent alone, as the programs before this one do. */
export const BASELINES: Record<string, PolicyMaker> = {
  "R1 round robin": () => ({
    choose: (moment) =>
      must(moment, fiveBelowOrSpent) ? nextAfter(moment.current, eligible(moment)) : moment.current,
  }),
  "R2 reference watch": () => ({
    choose: (moment) => (must(moment, fiveBelow) ? weeklyFirst(moment) : moment.current),
  }),
  "R2b sees spent weeks": () => ({
    choose: (moment) => (must(moment, fiveBelowOrSpent) ? weeklyFirst(moment) : moment.current),
  }),
  "R3 lowest maximum used": () => ({
    choose: (moment) =>
      least(
        moment,
        candidates(moment),
        (a, b) => most(a) - most(b) || a.weekResetAt - b.weekResetAt,
      ),
  }),
  "R4 soonest reset": () => ({
    choose: (moment) => least(moment, eligible(moment), (a, b) => a.weekResetAt - b.weekResetAt),
  }),
  "R5 until spent": () => ({
    choose: (moment) => {
      const stay = moment.occasion !== "refusal" && !isSpentNow(moment)
      return stay ? moment.current : least(moment, eligible(moment), (a, b) => a.week - b.week)
    },
  }),
}

/** The reference's picker: of those with 80 % of the 5h window left the least used week. */
function weeklyFirst(moment: Moment): number {
  const all = eligible(moment)
  const fresh = all.filter(({ five }) => 100 - five >= GATE_LEFT)
  return least(moment, fresh.length > 0 ? fresh : all, (a, b) => a.week - b.week || a.five - b.five)
}

/** A tick moves only when its trigger says so; whoever asks or was refused wants another. */
function must(moment: Moment, trigger: (seen: Seen) => boolean): boolean {
  if (moment.occasion !== "tick") return true
  const seen = known(moment, moment.current)
  return seen !== null && trigger(seen)
}

function fiveBelow({ five }: Seen): boolean {
  return 100 - five < TRIGGER_LEFT
}

function fiveBelowOrSpent(seen: Seen): boolean {
  return fiveBelow(seen) || seen.week >= EXHAUSTED
}

function isSpentNow(moment: Moment): boolean {
  const seen = known(moment, moment.current)
  return seen !== null && most(seen) >= EXHAUSTED
}

function most({ five, week }: Seen): number {
  return Math.max(five, week)
}

function candidates(moment: Moment): Candidate[] {
  return moment.seen.flatMap((_, label) => {
    const seen = known(moment, label)
    const cooling = (moment.coolingUntil[label] ?? 0) > moment.minute
    return seen === null || cooling ? [] : [{ ...seen, label }]
  })
}

function eligible(moment: Moment): Candidate[] {
  return candidates(moment).filter((each) => most(each) < EXHAUSTED)
}

/** A fresh reading; a window whose reset has passed since is full again. */
function known({ seen, minute }: Moment, label: number): Seen | null {
  const last = seen[label] ?? null
  if (last === null || minute - last.at > STALE) return null
  const weekOver = last.weekResetAt <= minute
  return {
    at: last.at,
    five: last.fiveResetAt <= minute ? 0 : last.five,
    fiveResetAt: last.fiveResetAt,
    week: weekOver ? 0 : last.week,
    weekResetAt: weekOver ? last.weekResetAt + WEEK : last.weekResetAt,
  }
}

function least(
  { current }: Moment,
  all: readonly Candidate[],
  order: (a: Candidate, b: Candidate) => number,
): number {
  const [first, ...others] = all
  if (first === undefined) return current
  return others.reduce((best, each) => (order(each, best) < 0 ? each : best), first).label
}

function nextAfter(current: number, all: readonly Candidate[]): number {
  const next = all.find(({ label }) => label > current) ?? all[0]
  return next?.label ?? current
}
