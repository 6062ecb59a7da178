import { describe, expect, test } from "bun:test"
import {
  GUARD_BEYOND_TICK_MINUTES,
  IDLE_MINUTES,
  TICK_MINUTES,
} from "../../../src/domain/choice/constants.ts"
import { type DayOptions, type Switch, type WatchedDay, watchedDay } from "./watched-day.ts"

const SEEDS = Array.from({ length: 25 }, (_, at) => at + 1)
const QUICK_MINUTES = 30

const DAYS: [string, DayOptions, { most: number; mean: number }][] = [
  ["three labels", { sizes: [1, 1, 5], unitsPerHour: 60 }, { most: 15, mean: 8 }],
  ["six equal labels", { sizes: [1, 1, 1, 1, 1, 1], unitsPerHour: 60 }, { most: 18, mean: 13 }],
  ["six mixed labels", { sizes: [1, 1, 1, 5, 5, 20], unitsPerHour: 200 }, { most: 22, mean: 13 }],
  ["a heavy consumer", { sizes: [1, 1, 5, 20, 20], unitsPerHour: 600 }, { most: 18, mean: 8 }],
  [
    "a 20 % threshold",
    { sizes: [1, 1, 1, 5, 5, 20], unitsPerHour: 200, fivePct: 20 },
    { most: 26, mean: 15 },
  ],
]

describe.each(DAYS)(
  "a watched day of 288 ticks through late, noisy and missing readings: %s",
  (_, options, bound) => {
    const days = SEEDS.map((seed) => ({ seed, day: watchedDay(seed, options) }))

    test("is the same day each time its seed is run", () => {
      expect(watchedDay(7, options)).toEqual(days[6]?.day as WatchedDay)
    })

    test("switches a bounded number of times", () => {
      for (const { seed, day } of days) {
        expect({ seed, bounded: day.switches.length <= bound.most }).toEqual({
          seed,
          bounded: true,
        })
      }
      const all = days.reduce((sum, { day }) => sum + day.switches.length, 0)
      expect(all / days.length).toBeLessThan(bound.mean)
    })

    test("goes there and back within half an hour only for a cause", () => {
      const idle = days.map(({ seed, day }) => {
        const backs = quickReturns(day).filter((back) => !hasCause(back))
        const costly = backs.filter(
          ({ choice }) => (choice.numbers.idleMinutes ?? 0) < IDLE_MINUTES,
        )
        expect({ seed, costly: costly.map(({ minute }) => minute) }).toEqual({ seed, costly: [] })
        return backs.length
      })
      // While nothing runs a switch is free; a window that is about to reset may ask for two.
      expect(Math.max(...idle)).toBeLessThanOrEqual(1)
      expect(idle.filter((count) => count > 0).length).toBeLessThanOrEqual(3)
    })

    test("leaves a busy label only when it is about to be spent, or below the threshold", () => {
      for (const { seed, day } of days) {
        for (const { choice, from } of day.switches) {
          if (from === null || choice.reason === "best_pace_idle") continue
          const idleEnough = (choice.numbers.idleMinutes ?? 0) >= IDLE_MINUTES
          expect({ seed, caused: idleEnough || hasCause({ choice }) }).toEqual({
            seed,
            caused: true,
          })
        }
      }
    })

    test("serves nearly all that is wanted of it", () => {
      const wanted = days.reduce((sum, { day }) => sum + day.wanted, 0)
      const served = days.reduce((sum, { day }) => sum + day.served, 0)
      expect(served / wanted).toBeGreaterThan(0.98)
    })
  },
)

test("a week of one small label keeps it, spent or not, and names the reset", () => {
  const { switches, choices } = watchedDay(3, { sizes: [1], unitsPerHour: 60, ticks: 288 * 7 })
  expect(switches).toHaveLength(1)
  const spent = choices.filter(({ reason }) => reason === "nothing_can_serve")
  expect(spent.length).toBeGreaterThan(0)
  for (const { kept, earliestResetAt } of spent) {
    expect({ kept, named: earliestResetAt !== null }).toEqual({ kept: true, named: true })
  }
})

function quickReturns({ switches }: WatchedDay): Switch[] {
  return switches.filter((back, at) => {
    const away = switches[at - 1]
    if (away === undefined || away.from !== back.to) return false
    return back.minute - away.minute <= QUICK_MINUTES
  })
}

/** Did the label that was left really have too little, by the numbers of the choice itself? */
function hasCause({ choice }: Pick<Switch, "choice">): boolean {
  const { currentRunwayMinutesAtPeak: runway, currentLeft5Pct: left } = choice.numbers
  const spent = runway !== null && runway < TICK_MINUTES + GUARD_BEYOND_TICK_MINUTES
  return spent || (choice.reason === "below_5h_threshold" && left !== null && left < 20)
}
