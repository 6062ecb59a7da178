import { burnOf, type UsageSample } from "../../../src/domain/choice/burn.ts"
import type { Choice, LabelInput } from "../../../src/domain/choice/types.ts"
import { chooseLabel } from "../../../src/domain/choice.ts"
import { fiveHourWindow, type Reading, weeklyWindow } from "../../../src/domain/window.ts"
import { seeded } from "../seeded.ts"
import { NOW } from "./input.ts"
import { quotaWorld } from "./quota-world.ts"

const MINUTE = 60_000
const TICK = 5

export type Switch = { minute: number; from: string | null; to: string; choice: Choice }
export type WatchedDay = { switches: Switch[]; choices: Choice[]; wanted: number; served: number }

/** How the day goes. */
export type DayOptions = {
  sizes: readonly number[]
  unitsPerHour: number
  ticks?: number
  fivePct?: number
}

/** A watch that ticks every five minutes over a consumer who works in bursts; a seed decides all. */
export function watchedDay(seed: number, options: DayOptions): WatchedDay {
  const random = seeded(seed)
  const world = quotaWorld(options.sizes, NOW, random)
  const samples: UsageSample[] = []
  const readings = new Map<string, Reading>()
  const day: WatchedDay = { switches: [], choices: [], wanted: 0, served: 0 }
  let current: string | null = null
  let currentSince: number | null = null
  let previous: string | null = null
  let working = true
  let until = 0

  for (let minute = 0; minute < (options.ticks ?? 288) * TICK; minute++) {
    if (minute >= until) {
      working = !working
      until = minute + random.whole(5, working ? 60 : 45)
    }
    const units = working ? (random.between(0.4, 1.6) * options.unitsPerHour) / 60 : 0
    day.wanted += units
    day.served += world.minute(minute, current, units)
    if (minute % TICK !== 0) continue

    const now = NOW + minute * MINUTE
    const outage = random.chance(0.004)
    const labels = world.labels.map(({ label, size }): LabelInput => {
      const seen = outage ? null : world.read(label, minute)
      if (seen !== null && seen.observedAt > (readings.get(label)?.observedAt ?? 0)) {
        readings.set(label, seen)
        samples.push(sampleOf(label, size, seen, label === current))
      }
      const reading = readings.get(label) ?? null
      const ready = { enabled: true, ready: true, readinessReason: "fresh", coolingUntil: null }
      return { label, size, k: 8, reading, ...ready }
    })
    const choice: Choice = chooseLabel({
      now,
      mode: "watch",
      current,
      currentSince,
      previous,
      starting: false,
      next: false,
      refused: false,
      model: null,
      thresholds: { fivePct: options.fivePct ?? 0, weeklyPct: 0 },
      burn: burnOf(samples.slice(-40 * options.sizes.length), now),
      labels,
    })
    day.choices.push(choice)
    if (choice.kept || choice.label === null) continue
    day.switches.push({ minute, from: current, to: choice.label, choice })
    previous = current
    current = choice.label
    currentSince = now
  }
  return day
}

function sampleOf(label: string, size: number, seen: Reading, active: boolean): UsageSample {
  const five = fiveHourWindow(seen)
  const week = weeklyWindow(seen)
  return {
    label,
    size,
    observedAt: seen.observedAt,
    fiveUsed: five?.usedPercent ?? null,
    fiveResetAt: five?.resetAt ?? null,
    weekUsed: week?.usedPercent ?? null,
    weekResetAt: week?.resetAt ?? null,
    active,
  }
}
