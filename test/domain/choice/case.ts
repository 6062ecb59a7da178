import type { ChoiceInput, LabelInput, Reason } from "../../../src/domain/choice/types.ts"
import { aLabel, DAY, five, NOW, reading, used, week } from "./input.ts"

/** A question about the pool and its answer; what is not given is as in `anInput`. */
export type ChoiceCase = {
  title: string
  input: Partial<ChoiceInput>
  label: string | null
  reason: Reason
  also?: string[]
}

export const BELOW_20 = { fivePct: 20, weeklyPct: 0 }
export const boss = used("boss", 50, 50)

/** Its week ends soon: the best pace. */
export function urgent(label: string): LabelInput {
  return aLabel(label, { reading: reading([five(10), week(10, NOW + DAY)]) })
}

export function unread(label: string): LabelInput {
  return aLabel(label, { reading: null })
}
