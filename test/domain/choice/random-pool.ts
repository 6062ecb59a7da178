import type { ChoiceInput, LabelInput } from "../../../src/domain/choice/types.ts"
import type { Seeded } from "../seeded.ts"
import { DAY, five, HOUR, MINUTE, NOW, reading, scoped, week } from "./input.ts"

const MODES = ["use", "watch", "gateway"] as const
const NAMES = ["a", "a_b", "a-b", "a1", "a10", "a2", "ab", "boss", "qa", "z"]

/** Any question at all: every kind of label, reading, mode and burn, extremes included. */
export function randomInput(random: Seeded): ChoiceInput {
  const names = random.shuffled(NAMES).slice(0, random.whole(1, NAMES.length))
  const labels = names.map((name) => randomLabel(name, random))
  const mean = random.between(0.01, 3) * (random.chance(0.1) ? 10 : 1)
  const current = random.chance(0.1) ? null : (names[random.whole(0, names.length - 1)] ?? null)
  return {
    now: NOW,
    mode: MODES[random.whole(0, 2)] ?? "watch",
    current: random.chance(0.05) ? "gone" : current,
    currentSince: random.chance(0.5) ? NOW - random.between(0, 60) * MINUTE : null,
    starting: random.chance(0.2),
    next: random.chance(0.1),
    refused: random.chance(0.15),
    model: random.chance(0.3) ? "claude-opus-4-1" : null,
    thresholds: {
      fivePct: random.chance(0.4) ? random.whole(0, 100) : 0,
      weeklyPct: random.chance(0.2) ? random.whole(0, 50) : 0,
    },
    burn: {
      mean,
      peak: mean * random.between(1, 5),
      idleMinutes: random.chance(0.4) ? random.between(0, 60) : 0,
      slopes: 3,
      measured: true,
    },
    labels,
  }
}

function randomLabel(label: string, random: Seeded): LabelInput {
  const percent = () => (random.chance(0.3) ? 100 : random.whole(0, 100))
  const windows = [
    ...(random.chance(0.85) ? [five(percent(), resetIn(5 * HOUR, random))] : []),
    ...(random.chance(0.85) ? [week(percent(), resetIn(7 * DAY, random))] : []),
    ...(random.chance(0.2) ? [scoped("weekly", "Opus", percent())] : []),
  ]
  const observedAt = NOW - (random.chance(0.8) ? random.between(0, 12) : 40) * MINUTE
  return {
    label,
    enabled: random.chance(0.95),
    ready: random.chance(0.93),
    readinessReason: "fresh",
    size: [1, 1, 5, 20][random.whole(0, 3)] ?? 1,
    k: 8,
    reading: random.chance(0.93)
      ? reading(windows, {
          observedAt,
          limitReached: random.chance(0.05),
          credits: random.chance(0.1)
            ? { hasCredits: true, unlimited: false, balance: null }
            : null,
        })
      : null,
    coolingUntil: random.chance(0.12) ? NOW + random.between(-60, 60) * MINUTE : null,
  }
}

/** Mostly ahead, at times just behind, at times not given. */
function resetIn(length: number, random: Seeded): number | null {
  if (random.chance(0.08)) return null
  return NOW + random.between(random.chance(0.1) ? -HOUR : 0, length)
}
