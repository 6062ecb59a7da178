import type { Seeded } from "../../domain/seeded.ts"
import { DAY, HOUR } from "./clock.ts"

/** What one session wants in each minute, before it is scaled to the load. */
export type Session = Float64Array

export type Consumer = "human" | "night" | "fleet" | "mix"
export const CONSUMERS: readonly Consumer[] = ["human", "night", "fleet", "mix"]

/** The sessions of a consumer; they share one active label. */
const SESSIONS: Record<Consumer, (minutes: number, random: Seeded) => Session[]> = {
  human: (minutes, random) => [human(minutes, random)],
  night: (minutes, random) => [night(minutes, random)],
  fleet: (minutes, random) => several(8, () => agent(minutes, random)),
  mix: (minutes, random) => [
    human(minutes, random),
    night(minutes, random),
    ...several(2, () => agent(minutes, random)),
  ],
}

/** Makes a consumer's demand, `mean` units a minute on average over all of `minutes`. */
export function demandOf(
  consumer: Consumer,
  { minutes, mean }: { minutes: number; mean: number },
  random: Seeded,
): Session[] {
  const sessions = SESSIONS[consumer](minutes, random)
  const total = sessions.reduce((sum, session) => session.reduce((a, b) => a + b, sum), 0)
  const scale = (mean * minutes) / total
  for (const session of sessions)
    for (const [at, units] of session.entries()) session[at] = units * scale
  return sessions
}

/** Bursts with pauses on workdays, a lunch, some evenings and weekends, nothing at night. */
function human(minutes: number, random: Seeded): Session {
  const session = new Float64Array(minutes)
  for (let day = 0; day < minutes; day += DAY) {
    const weekend = (day / DAY) % 7 >= 5
    const shifts = weekend
      ? random.chance(0.3)
        ? [[10, 15]]
        : []
      : [[9, 12.5], [13.25, 18], ...(random.chance(0.35) ? [[20, 22.5]] : [])]
    for (const [from = 0, to = 0] of shifts) {
      const late = random.noise(20)
      bursts(session, day + from * HOUR + late, day + to * HOUR + late, random, { on: 25, off: 12 })
    }
  }
  return session
}

/** An overnight run on four nights of five: 22:00, nine hours, with hardly a pause. */
function night(minutes: number, random: Seeded): Session {
  const session = new Float64Array(minutes)
  for (let day = 0; day < minutes; day += DAY) {
    if (!random.chance(0.8)) continue
    const from = day + 22 * HOUR
    bursts(session, from, from + 9 * HOUR, random, { on: 60, off: 3 })
  }
  return session
}

/** One of a fleet: works and waits round the clock, slower at night and at the weekend. */
function agent(minutes: number, random: Seeded): Session {
  const session = new Float64Array(minutes)
  bursts(session, 0, minutes, random, { on: 40, off: 40 })
  for (const [minute, units] of session.entries()) {
    const hour = (minute % DAY) / HOUR
    const slow = (hour < 7 || hour >= 22 ? 0.4 : 1) * ((minute / DAY) % 7 >= 5 ? 0.5 : 1)
    session[minute] = units * slow
  }
  return session
}

/** Fills a stretch with bursts of a lognormal intensity; lengths in minutes, exponential. */
function bursts(
  session: Session,
  from: number,
  to: number,
  random: Seeded,
  { on, off }: { on: number; off: number },
): void {
  let at = Math.max(0, Math.round(from))
  while (at < Math.min(to, session.length)) {
    const end = Math.min(to, at + lasting(on, random))
    const intensity = Math.exp(random.noise(0.5))
    while (at < end) session[at++] = intensity * random.between(0.6, 1.4)
    at += lasting(off, random)
  }
}

function lasting(mean: number, random: Seeded): number {
  return Math.max(1, Math.round(-mean * Math.log(1 - random.next())))
}

function several<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make)
}
