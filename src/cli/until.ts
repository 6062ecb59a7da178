import type { TargetId } from "../domain/store.ts"
import { failUsage } from "../system/errors.ts"
import { DAY, HOUR, isoTime, MINUTE } from "../system/time.ts"
import { isoInstant } from "./iso-instant.ts"

const OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)$/
/** By how much clocks are set back somewhere: an hour, on Lord Howe Island half of one. */
const SET_BACK_BY = [30 * MINUTE, HOUR]

/**
 * The instant (epoch ms) that an `--until` means: the next time after `now` that the local clock
 * shows `HH:MM`, or an ISO time to come. Where the clock shows it twice, the next of the two; where
 * it jumps over it, as long after the jump. Stops with exit 2 at anything else; `id` is whose watch.
 */
export function untilTime(text: string | undefined, now: number, id: TargetId): number | null {
  if (text === undefined) return null
  const [, hours, minutes] = OF_DAY.exec(text) ?? []
  if (hours !== undefined && minutes !== undefined)
    return nextTimeOfDay(Number(hours), Number(minutes), now)
  const at = isoInstant(text)
  if (at === null)
    return failUsage(
      "invalid_value",
      "`--until` is a time of day such as `07:30`, or a time such as `2026-01-31T08:00`",
      `aim ${id} watch --until 07:30`,
    )
  if (at > now) return at
  return failUsage(
    "invalid_value",
    `\`--until\` is over: ${isoTime(at)} was before now`,
    `aim ${id} watch --until 07:30`,
  )
}

function nextTimeOfDay(hours: number, minutes: number, now: number): number {
  const today = new Date(now)
  const shown = [0, 1].flatMap((days) => {
    const day = [today.getFullYear(), today.getMonth(), today.getDate() + days] as const
    const first = new Date(...day, hours, minutes).getTime()
    const again = SET_BACK_BY.map((by) => first + by).filter((at) => isShown(at, hours, minutes))
    return [first, ...again]
  })
  return Math.min(...shown.filter((at) => at > now), now + 2 * DAY)
}

function isShown(at: number, hours: number, minutes: number): boolean {
  const time = new Date(at)
  return time.getHours() === hours && time.getMinutes() === minutes
}
