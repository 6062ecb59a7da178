import type { Session } from "./consumers.ts"

const FORGOTTEN_AFTER = 30
const CONTEXT_MINUTES = 120
const READ_AGAIN = 0.05

/** A session as it runs on: how much context it holds, and on which account it is warm. */
export type Running = {
  wants: Session
  /** Units of context, at most what two hours of its work make. */
  context: number
  most: number
  account: number
  lastAt: number
}

export function running(wants: Session): Running {
  const working = wants.filter((units) => units > 0)
  const mean = working.reduce((sum, units) => sum + units, 0) / Math.max(1, working.length)
  return { wants, context: 0, most: CONTEXT_MINUTES * mean, account: -1, lastAt: -Infinity }
}

/** A session that paused for half an hour begins anew. */
export function wake(session: Running, at: number): void {
  if (at - session.lastAt > FORGOTTEN_AFTER) session.context = 0
  session.lastAt = at
}

/** Units that a session costs beyond its work when an account answers that did not before. */
export function rereadOn(session: Running, account: number): number {
  return session.account === account ? 0 : READ_AGAIN * session.context
}

/** What was served makes the context longer. */
export function remember(session: Running, account: number, units: number): void {
  session.account = account
  session.context = Math.min(session.most, session.context + units)
}
