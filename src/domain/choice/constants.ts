/**
 * Every number of the choosing policy (reference page choice-policy.md §4), with its unit and why.
 * A unit is one percent of a 1x plan's 5h window.
 */

export const MINUTE_MS = 60_000

/** Units in a 1x plan's 5h window, by definition. */
export const UNITS_PER_WINDOW = 100
/** Weekly window in 5h windows (K), until the ledger has measured it; true 5 and 12 were tried. */
export const WEEK_IN_FIVE_HOUR_WINDOWS = 8

/** Minutes between two looks of a watch that names no other interval. */
export const TICK_MINUTES = 5
/** Minutes after which a reading says nothing any more; 9 instead was within noise. */
export const STALE_MINUTES = 30
/** Minutes of peak burn, beyond one tick, below which a busy label is left: readings come late. */
export const GUARD_BEYOND_TICK_MINUTES = 2
/** Minutes of runway a watch or gateway asks of the next label; 60 cost 1.2 points. */
export const HORIZON_MINUTES = 20
/** Minutes of runway that an explicit `use` asks for, after which nobody looks again. */
export const HORIZON_USE_MINUTES = 120
/** Minutes without a rise of usage after which a switch costs no warm session. */
export const IDLE_MINUTES = 20
/** Minutes without a rise after which nothing is assumed burnt since the reading. */
export const DRIFT_IDLE_MINUTES = 10
/** How much better a pace must be before a label that carries is left; saves a quarter of switches. */
export const IDLE_PACE_GAIN = 1.15
/** How much longer a runway must be for a move that no refusal asks for; stops exchanges of equals. */
export const MIN_RUNWAY_GAIN = 1.2
/** Left up to this percent of a window is within a reading's rounding. */
export const FLOOR_PERCENT = 1
/** Minutes of peak burn, beyond one tick, that a label must hold to serve under watch and `use`. */
export const FLOOR_BEYOND_TICK_MINUTES = 1
/** Minutes of burn held back under a gateway: it re-picks at the refusal and may use the last drop. */
export const FLOOR_GATEWAY_MINUTES = 1
/** Shortest time to a reset that pace divides by: nearer ones would all be infinite. */
export const PACE_MIN_MINUTES = 10

/** Weight of the newest slope in the mean burn. */
export const BURN_WEIGHT = 0.15
/** Slopes that the peak is looked for in; its second highest, so one outlier is not a peak. */
export const BURN_PEAK_SLOPES = 12
/** Units per minute before any data: 40 % an hour of a 1x plan. */
export const BURN_ASSUMED = 40 / 60
/** Minutes two readings must lie apart to give a slope; nearer ones divide rounding by little. */
export const SLOPE_MIN_MINUTES = 2
/** Two reset times this near are the same window: providers recompute them with jitter. */
export const SAME_RESET_TOLERANCE_MS = 2 * MINUTE_MS
/** A rise of fewer percent points is arithmetic, not usage. */
export const RISE_MIN_PERCENT = 0.05
/** A fall of up to this many points is a noisy reading; a deeper one is a correction or reset. */
export const FALL_NOISE_PERCENT = 2
/** Weekly points that must have been burnt before K is believed: rounding is then below a fifth. */
export const RATIO_MIN_WEEK_POINTS = 10
/** Measured K outside these bounds is a misread window, not a plan. */
export const RATIO_BOUNDS = { low: 1, high: 40 } as const
