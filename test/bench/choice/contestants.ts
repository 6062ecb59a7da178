import { BASELINES } from "./baselines.ts"
import type { Mode, PolicyMaker } from "./policy.ts"
import { shipped } from "./shipped.ts"

/** The shipped functions as the reference page has them: nothing is left by a threshold. */
export const SHIPPED = "shipped"
/** As the watch sets them unless told: left below 20 % of the 5h window. */
export const SHIPPED_20 = "shipped, threshold 20 %"
export const SHIPPED_UNSIZED = "shipped, sizes unknown"

const OURS: Record<string, PolicyMaker> = {
  [SHIPPED]: shipped({ fivePct: 0, sizesKnown: true }),
  [SHIPPED_UNSIZED]: shipped({ fivePct: 0, sizesKnown: false }),
}

/** Who plays in a mode. Only the watch has a threshold. */
export const CONTESTANTS: Record<Mode, Readonly<Record<string, PolicyMaker>>> = {
  watch: { ...BASELINES, ...OURS, [SHIPPED_20]: shipped({ fivePct: 20, sizesKnown: true }) },
  gate: { ...BASELINES, ...OURS },
  use: { ...BASELINES, ...OURS },
}
