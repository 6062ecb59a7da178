import type { Burn, UsageSample } from "../../../src/domain/choice/burn.ts"
import { WEEK_IN_FIVE_HOUR_WINDOWS } from "../../../src/domain/choice/constants.ts"
import type { ChoiceInput, ChoiceMode, LabelInput } from "../../../src/domain/choice/types.ts"
import { measuredWeeklyRatio } from "../../../src/domain/choice/weekly-ratio.ts"
import { chooseLabel } from "../../../src/domain/choice.ts"
import type { Reading } from "../../../src/domain/window.ts"
import { FIVE_HOURS, HOUR, instant, WEEK } from "./clock.ts"
import type { Mode, Moment, PolicyMaker } from "./policy.ts"
import type { Seen } from "./readings.ts"
import { sampleWindow } from "./sample-window.ts"

const MODE: Record<Mode, ChoiceMode> = { watch: "watch", gate: "gateway", use: "use" }
const RATIO_EVERY = 6 * HOUR

/** How the shipped policy is set; sizes unknown are all taken as 1x. */
export type Setting = { fivePct: number; sizesKnown: boolean }

/** The shipped functions, fed as pool/choose.ts feeds them from vault and ledger. */
export function shipped({ fivePct, sizesKnown }: Setting): PolicyMaker {
  return ({ sizes, mode }) => {
    const names = sizes.map((_, at) => `l${at}`)
    const told = sizes.map((size) => (sizesKnown ? size : 1))
    const readings: (Reading | null)[] = sizes.map(() => null)
    const samples = sampleWindow()
    let ratios = new Map<number, number>()
    let ratiosAt = -RATIO_EVERY
    let currentSince: number | null = null
    let previous: string | null = null

    return {
      observe(minute, fresh, current) {
        for (const [at, seen] of fresh.entries()) {
          if (seen === null) continue
          readings[at] = readingOf(seen)
          samples.add(sampleOf(names[at] ?? "", told[at] ?? 1, seen, at === current))
        }
        // Each tick learns it anew; it is slow enough to be asked four times a day.
        if (minute - ratiosAt < RATIO_EVERY) return
        ratiosAt = minute
        ratios = ratiosOf(samples.all(instant(minute)))
      },
      choose(moment) {
        const input = inputOf(moment, samples.burn(instant(moment.minute)))
        const { label } = chooseLabel(input)
        const chosen = names.indexOf(label ?? "")
        if (chosen !== moment.current) {
          previous = names[moment.current] ?? null
          currentSince = instant(moment.minute)
        }
        return chosen
      },
    }

    function inputOf(moment: Moment, burn: Burn): ChoiceInput {
      const labels = names.map((label, at): LabelInput => {
        const size = told[at] ?? 1
        const until = moment.coolingUntil[at] ?? 0
        return {
          label,
          enabled: true,
          ready: true,
          readinessReason: "fresh",
          size,
          k: ratios.get(size) ?? WEEK_IN_FIVE_HOUR_WINDOWS,
          reading: readings[at] ?? null,
          coolingUntil: until > moment.minute ? instant(until) : null,
        }
      })
      return {
        now: instant(moment.minute),
        mode: MODE[mode],
        current: names[moment.current] ?? null,
        currentSince,
        previous,
        starting: moment.occasion === "start",
        next: false,
        refused: moment.occasion === "refusal",
        model: null,
        thresholds: { fivePct: mode === "watch" ? fivePct : 0, weeklyPct: 0 },
        burn,
        labels,
      }
    }
  }
}

function readingOf(seen: Seen): Reading {
  return {
    observedAt: instant(seen.at),
    plan: null,
    windows: [
      {
        kind: "5h",
        usedPercent: seen.five,
        resetAt: instant(seen.fiveResetAt),
        lengthMinutes: FIVE_HOURS,
        scope: null,
      },
      {
        kind: "weekly",
        usedPercent: seen.week,
        resetAt: instant(seen.weekResetAt),
        lengthMinutes: WEEK,
        scope: null,
      },
    ],
    credits: null,
    allowed: null,
    limitReached: null,
    source: "usage_endpoint",
  }
}

function sampleOf(label: string, size: number, seen: Seen, active: boolean): UsageSample {
  return {
    label,
    size,
    observedAt: instant(seen.at),
    fiveUsed: seen.five,
    fiveResetAt: instant(seen.fiveResetAt),
    weekUsed: seen.week,
    weekResetAt: instant(seen.weekResetAt),
    active,
  }
}

/** K by plan size, where enough was burnt to see it. */
function ratiosOf(samples: readonly UsageSample[]): Map<number, number> {
  const sizes = new Set(samples.map(({ size }) => size))
  return new Map(
    [...sizes].flatMap((size): [number, number][] => {
      const ratio = measuredWeeklyRatio(samples.filter((sample) => sample.size === size))
      return ratio === null ? [] : [[size, ratio]]
    }),
  )
}
