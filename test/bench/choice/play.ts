import { seeded } from "../../domain/seeded.ts"
import { type Account, K, leftOf, newAccount, renewedAt, SPENT, spend } from "./accounts.ts"
import { DAY, HOUR, TICK } from "./clock.ts"
import { type Outcome, tally } from "./outcome.ts"
import type { Mode, Occasion, PolicyMaker } from "./policy.ts"
import { reader, type Seen } from "./readings.ts"
import { remember, rereadOn, running, wake } from "./sessions.ts"
import type { World } from "./world.ts"

const WORK_STARTS_AFTER = 30
const PERSON_LOOKS_AFTER = 5
const AWAKE = { from: 7.5 * HOUR, to: 23.5 * HOUR }

/** Plays a world in steps of one minute under one way of choosing. */
export function play(world: World, mode: Mode, makePolicy: PolicyMaker): Outcome {
  const accounts = world.sizes.map((size, at) => accountOf(world, size, at))
  const sessions = world.sessions.map(running)
  const policy = makePolicy({ sizes: world.sizes, mode })
  const read = reader(accounts, seeded(world.seed))
  const seen: (Seen | null)[] = accounts.map(() => null)
  const coolingUntil = accounts.map(() => 0)
  const count = tally(world)
  let current = 0
  let lastWork = -Infinity
  let stalledFor = 0

  for (let minute = 0; minute < world.minutes; minute++) {
    if (minute % TICK === 0) look(minute)
    const wanted = sessions.reduce((sum, { wants }) => sum + (wants[minute] ?? 0), 0)
    if (wanted > 0) work(minute, wanted)
    count.endOfMinute(minute)
  }
  for (const account of accounts) leftIn(account, world.minutes)
  return count.outcome()

  function look(minute: number): void {
    const fresh = read(minute).map((each, at) => {
      const news = each !== null && each.at > (seen[at]?.at ?? -1) ? each : null
      if (news !== null) seen[at] = news
      return news
    })
    policy.observe?.(minute, fresh, current)
    if (mode !== "use") ask(minute, "tick")
  }

  function work(minute: number, wanted: number): void {
    if (mode === "use" && minute - lastWork > WORK_STARTS_AFTER) ask(minute, "start")
    lastWork = minute
    count.wants(minute, wanted)
    const lost = sessions.reduce((sum, session) => sum + lostBy(session, minute), 0)
    if (lost <= SPENT) {
      stalledFor = 0
      return
    }
    const needless = accounts.some(
      (account, at) => at !== current && leftIn(account, minute) > SPENT,
    )
    count.stall(minute, lost, needless)
    stalledFor++
    const time = minute % DAY
    const somebody = time >= AWAKE.from && time < AWAKE.to
    if (mode === "use" && somebody && stalledFor % PERSON_LOOKS_AFTER === 0) ask(minute, "stall")
  }

  /** Serves one session's minute and says what of it was lost. */
  function lostBy(session: (typeof sessions)[number], minute: number): number {
    let missing = session.wants[minute] ?? 0
    if (missing === 0) return 0
    wake(session, minute)
    // A label that was tried and refused cools, so each is tried at most once.
    for (let tries = 0; tries <= accounts.length; tries++) {
      const account = accounts[current]
      if (account === undefined) return missing
      const left = leftIn(account, minute)
      const reread = Math.min(left, rereadOn(session, current))
      const served = Math.min(left - reread, missing)
      if (reread + served > 0) {
        spend(account, minute, reread + served)
        remember(session, current, served)
        count.served(minute, served, reread)
        missing -= served
      }
      if (missing <= SPENT || mode !== "gate") return missing
      coolingUntil[current] = renewedAt(account)
      const refused = current
      ask(minute, "refusal")
      if (current === refused) return missing
    }
    return missing
  }

  function ask(minute: number, occasion: Occasion): void {
    const chosen = policy.choose({ minute, occasion, current, seen, coolingUntil })
    if (chosen === current || accounts[chosen] === undefined) return
    current = chosen
    count.switched(minute)
  }

  function leftIn(account: Account, minute: number): number {
    return leftOf(account, minute, ({ size, week, weekResetAt }) =>
      count.expired(weekResetAt, 100 * size * K - week),
    )
  }
}

function accountOf({ weekResetAt, usedAtStart }: World, size: number, at: number): Account {
  const used = usedAtStart[at] ?? 0
  return newAccount(size, {
    five: used * 100 * size,
    week: used * 100 * size * K,
    fiveResetAt: used > 0 ? 300 : null,
    weekResetAt: weekResetAt[at] ?? 0,
  })
}
