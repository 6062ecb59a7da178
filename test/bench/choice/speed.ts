import { burnOf, type UsageSample } from "../../../src/domain/choice/burn.ts"
import type { ChoiceInput } from "../../../src/domain/choice/types.ts"
import { chooseLabel } from "../../../src/domain/choice.ts"
import { aLabel, BUSY, five, IDLE, NOW, reading, week } from "../../domain/choice/input.ts"

const TIMES = 2_000

/** What one decision costs with as many labels as people have, and what the burn costs. */
export function speedLines(): string[] {
  const labels = Array.from({ length: 30 }, (_, at) =>
    aLabel(`label${at}`, { reading: reading([five((at * 7) % 100), week((at * 13) % 100)]) }),
  )
  const input: ChoiceInput = {
    now: NOW,
    mode: "watch",
    current: "label3",
    starting: false,
    next: false,
    refused: false,
    model: null,
    thresholds: { fivePct: 20, weeklyPct: 0 },
    burn: IDLE,
    labels,
  }
  const samples = Array.from(
    { length: 2_000 },
    (_, at): UsageSample => ({
      label: `label${at % 30}`,
      size: 1,
      observedAt: NOW - (2_000 - at) * 10_000,
      fiveUsed: Math.floor(at / 30) % 100,
      fiveResetAt: NOW,
      weekUsed: Math.floor(at / 240),
      weekResetAt: NOW,
      active: at % 30 === 3,
    }),
  )
  return [
    "",
    `chooseLabel, 30 labels: ${microseconds(() => chooseLabel(input))} µs idle, ${microseconds(() => chooseLabel({ ...input, burn: BUSY }))} µs busy`,
    `burnOf, 2,000 readings: ${microseconds(() => burnOf(samples, NOW))} µs`,
  ]
}

function microseconds(act: () => unknown): string {
  const begun = performance.now()
  for (let time = 0; time < TIMES; time++) act()
  return (((performance.now() - begun) / TIMES) * 1_000).toFixed(0)
}
