import {
  FLOOR_BEYOND_TICK_MINUTES,
  FLOOR_GATEWAY_MINUTES,
  GUARD_BEYOND_TICK_MINUTES,
  HORIZON_MINUTES,
  HORIZON_USE_MINUTES,
  TICK_MINUTES,
} from "./constants.ts"
import type { ChoiceMode } from "./types.ts"

/** What a way of deciding asks of a label, in minutes. */
export type ModePolicy = {
  /** A label in use is left when its runway at peak is shorter. */
  guardMinutes: number
  /** A label is taken for work when its runway at mean is at least this. */
  horizonMinutes: number
  /** A label serves when it holds more than this much of the peak burn. */
  floorPeakMinutes: number
}

/**
 * A gateway stays until it is refused, and re-picks at that instant; the others must see a label
 * through to the next look, which for a watch with a longer interval is further away.
 * @param tickMinutes minutes between two looks
 */
export function modePolicy(mode: ChoiceMode, tickMinutes: number = TICK_MINUTES): ModePolicy {
  if (mode === "gateway") {
    return {
      guardMinutes: 0,
      horizonMinutes: HORIZON_MINUTES,
      floorPeakMinutes: FLOOR_GATEWAY_MINUTES,
    }
  }
  return {
    guardMinutes: tickMinutes + GUARD_BEYOND_TICK_MINUTES,
    horizonMinutes: mode === "use" ? HORIZON_USE_MINUTES : HORIZON_MINUTES,
    floorPeakMinutes: tickMinutes + FLOOR_BEYOND_TICK_MINUTES,
  }
}
