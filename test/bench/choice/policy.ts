import type { Seen } from "./readings.ts"

/** When decisions happen: at each tick; at each refusal too; or only when somebody asks. */
export type Mode = "watch" | "gate" | "use"
export const MODES: readonly Mode[] = ["watch", "gate", "use"]

/** Why a policy is asked: a timer, a refusal, work that begins, a person before a stall. */
export type Occasion = "tick" | "refusal" | "start" | "stall"

/** What a policy may know when it is asked. Labels are named by their place. */
export type Moment = {
  minute: number
  occasion: Occasion
  current: number
  /** The last good reading of each label, of any age. */
  seen: readonly (Seen | null)[]
  /** Minute until which a refusal keeps each label out. */
  coolingUntil: readonly number[]
}

/** A way of choosing, as it lives through one run. */
export type Policy = {
  /** New readings, null where there was none. */
  observe?(minute: number, fresh: readonly (Seen | null)[], current: number): void
  choose(moment: Moment): number
}

/** What a policy is told of its run before it. */
export type Terms = { sizes: readonly number[]; mode: Mode }
export type PolicyMaker = (terms: Terms) => Policy
