import type { Reading } from "./window.ts"

/**
 * Is a reading without any window one of a plan that has none, rather than one that says nothing?
 * Only the provider's word for credits that it will take makes it so (usage based Codex plans).
 */
export function paidByCredits({ credits, allowed, windows }: Reading): boolean {
  if (credits === null || windows.length > 0 || allowed === false) return false
  return credits.unlimited || credits.hasCredits
}

/** The provider's own word, until a window has been reset since. */
export function limitHolds(
  { allowed, limitReached, windows, observedAt }: Reading,
  now: number,
): boolean {
  if (allowed !== false && limitReached !== true) return false
  return !windows.some(({ resetAt }) => resetAt !== null && resetAt > observedAt && resetAt <= now)
}
