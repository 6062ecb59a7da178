import type { Conversation } from "../../domain/conversation.ts"
import { wireText } from "../../domain/wire-text.ts"
import type { DeviceCode, Grant, LoginFlow } from "../../providers/login-flow.ts"
import { elapsed, sleep } from "../../system/clock.ts"
import { fail } from "../../system/errors.ts"
import { SECOND } from "../../system/time.ts"
import { patience } from "./attempt.ts"

/** How many broken lines in a row end the waiting. */
const BROKEN_LINES = 10
/** An issuer that names no pause is asked once at once, and then not without one. */
const SHORTEST_PAUSE = SECOND

/**
 * A login by a code that is typed at any other device; waits until it was, at most `timeoutMs`.
 * Stops with `login_failed` or `login_timeout`.
 */
export async function grantByDevice(
  flow: LoginFlow,
  timeoutMs: number,
  talk: Conversation,
): Promise<Grant> {
  const started = await flow.startDevice()
  if (started.kind === "failed") return failDevice(started.detail)
  const { device } = started
  talk.tell("Open this page on any device and type the code:")
  talk.tell("")
  talk.page(device.page)
  talk.tell(device.userCode)
  talk.tell("")
  const over = talk.waits(`Waiting for it (${patience(timeoutMs)}; ctrl-C cancels).`, timeoutMs)
  const done = new AbortController()
  try {
    const granted = polled(flow, device, timeoutMs, done.signal)
    return await (talk.attended ? Promise.race([granted, untilLeft(talk, done.signal)]) : granted)
  } finally {
    done.abort()
    over()
  }
}

/** Nothing needs to be typed here, but whoever sits there may leave: the conversation then stops. */
async function untilLeft(talk: Conversation, signal: AbortSignal): Promise<never> {
  while ((await talk.line(signal)) !== null);
  return new Promise(() => {})
}

async function polled(
  flow: LoginFlow,
  device: DeviceCode,
  timeoutMs: number,
  done: AbortSignal,
): Promise<Grant> {
  // Not the time of day: somebody may set that while we wait.
  const end = elapsed() + timeoutMs
  let pause = device.intervalMs
  let broken = 0
  for (let left = timeoutMs; left > 0; left = end - elapsed()) {
    // The last question comes with the end, however long the pause.
    await sleep(Math.min(pause, left))
    if (done.aborted) return new Promise(() => {})
    const poll = await flow.pollDevice(device)
    if (poll.kind === "granted") return poll.grant
    if (poll.kind === "failed") return failDevice(poll.detail)
    if (poll.kind === "slow_down") pause += poll.byMs
    pause = Math.max(pause, SHORTEST_PAUSE)
    broken = poll.kind === "transient" ? broken + 1 : 0
    if (poll.kind === "transient" && broken >= BROKEN_LINES) return failDevice(poll.detail)
  }
  return fail(
    "login_timeout",
    `the code was not typed within ${patience(timeoutMs)}; nothing was changed`,
    "run it again for a new code",
  )
}

function failDevice(detail: string): never {
  return fail(
    "login_failed",
    `the login by device code can't go on: ${wireText(detail)}; what is stored is as it was`,
    "try again, or log in on the page: --browser or --manual",
  )
}
