import type { Reason, WhyNot } from "../../domain/choice/types.ts"
import type { TickReason } from "../../domain/receipt/watch-verdict.ts"

/**
 * One phrase a reason of design §6; a new Reason does not compile until it has one. It follows the
 * label that serves from now on ("it"); `from` is the one that is left.
 */
const REASONS: Record<Reason | TickReason, (from: string) => string> = {
  lasts: () => "it still lasts",
  idle_no_better: () => "it lasts, and no other label is clearly better",
  usage_unknown: () => "how much it has left is unknown, and unknown is not spent",
  below_5h_threshold: (from) => `${from} is below its threshold in the 5h window`,
  below_weekly_threshold: (from) => `${from} is below its threshold in the weekly window`,
  spent_before_next_tick: (from) => `${from} is spent, or would be within minutes`,
  refused: (from) => `${from} was refused`,
  cooling: (from) => `${from} was refused a while ago and is cooling down`,
  login_dead: (from) => `${from} is out: its login is dead, or it is disabled`,
  best_pace_start: () => "best pace, with the most to use up before its reset",
  best_pace_idle: () => "nothing runs, and best pace, with the most to use up before its reset",
  longest_runway: () => "it lasts longest, though not through all the work ahead",
  last_resort: () => "no label is known to have enough left, and it is the best hope",
  no_better: () => "no other label lasts clearly longer",
  nothing_can_serve: () => "no label can serve now",
  deferred_client_refreshing: () => "a client may be renewing its login just now",
  another_watch_running: () => "another watch of this client decides just now",
}

/** What stands in the way of a label, in a word or three. */
const WHY_NOT: Record<WhyNot, string> = {
  disabled: "disabled",
  not_ready: "login not ready",
  refused: "was refused",
  cooling: "cooling down",
  usage_unknown: "usage unknown",
  limit_reached: "limit reached",
  below_floor: "nearly spent",
  runway_too_short: "too short",
  spent_before_next_tick: "spent in minutes",
  below_threshold: "below threshold",
}

/**
 * Why a choice came out as it did, as the end of a sentence about the label that serves from now
 * on; `from` is the label in use. An unknown code stays as it is.
 */
export function reasonText(reason: string, from: string | null): string {
  if (!isReason(reason)) return reason.replaceAll("_", " ")
  return REASONS[reason](from === null ? "the present label" : `\`${from}\``)
}

/** Why a label would not be taken for work; nothing for one that would. */
export function whyNotText(whyNot: WhyNot | null): string {
  return whyNot === null ? "" : WHY_NOT[whyNot]
}

function isReason(reason: string): reason is keyof typeof REASONS {
  return Object.hasOwn(REASONS, reason)
}
