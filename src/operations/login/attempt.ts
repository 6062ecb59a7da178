import type { Conversation } from "../../domain/conversation.ts"
import type { Callback } from "../../domain/pasted-callback.ts"
import { callbackFrom, pastedCallback } from "../../domain/pasted-callback.ts"
import type { Attempt, Grant, LoginFlow } from "../../providers/login-flow.ts"
import { type CallbackServer, listenForCallback } from "../../system/callback-server.ts"
import { fail } from "../../system/errors.ts"
import { MINUTE, SECOND } from "../../system/time.ts"
import { within } from "../../system/time-limit.ts"
import { emptyPage, failedPage, successPage, wrongStatePage } from "./pages.ts"

export type BrowserLane = {
  /** `browser`: the redirect is waited for; `manual`: no port is taken, the address is pasted. */
  lane: "browser" | "manual"
  timeoutMs: number
  /** Brings the page before the person; gives what to tell where it can't. */
  open: (url: string) => Promise<string | null>
}

/**
 * A login by the provider's page: gives the code that came back, by the redirect or by paste,
 * whichever is first. Stops with `login_port_taken`, `login_timeout`, `login_refused` or
 * `nothing_pasted`.
 */
export async function grantByPage(
  flow: LoginFlow,
  { lane, timeoutMs, open }: BrowserLane,
  talk: Conversation,
): Promise<Grant> {
  const attempt = flow.begin()
  const arrived = Promise.withResolvers<Callback>()
  const server = lane === "manual" ? null : listen(flow, attempt, arrived.resolve, talk)
  const redirectUri = `http://127.0.0.1:${server?.port ?? flow.ports[0]}${flow.callbackPath}`
  const done = new AbortController()
  let over = () => {}
  try {
    const url = flow.authorizeUrl(attempt, redirectUri)
    talk.tell("Log in on this page:")
    talk.tell("")
    talk.page(url)
    talk.tell("")
    const unopened = await open(url)
    if (unopened !== null) talk.tell(unopened)
    over = talk.waits(waitingText(lane, timeoutMs), timeoutMs)
    const pasted = readPaste(talk, attempt, done.signal)
    const ended = pasted.then((callback) => callback ?? endOfInput(lane))
    const outcome = await within(timeoutMs, Promise.race([arrived.promise, ended]))
    if (!outcome.inTime) return failTimeout(timeoutMs)
    const callback = outcome.value
    if (callback.kind === "refused") return failRefused(callback.reason)
    return { code: callback.code, verifier: attempt.verifier, redirectUri }
  } finally {
    done.abort()
    over()
    await server?.close()
  }
}

function listen(
  flow: LoginFlow,
  attempt: Attempt,
  arrived: (callback: Callback) => void,
  talk: Conversation,
): CallbackServer {
  const server = listenForCallback(flow.ports, flow.callbackPath, (query) => {
    if (query.get("state") !== attempt.state) return wrongStatePage()
    const callback = callbackFrom(query)
    if (callback === null) {
      talk.tell("The browser came back without a code. Log in once more on the page above.")
      return emptyPage()
    }
    arrived(callback)
    return callback.kind === "code" ? successPage() : failedPage(callback.reason)
  })
  if (server !== null) return server
  return fail(
    "login_port_taken",
    `the ports that the login page may come back to are taken (${flow.ports.join(", ")} on 127.0.0.1)`,
    "end the program that listens there (another login, perhaps), or use --manual or --device-code",
  )
}

/** Lines until one is a callback of this attempt; null when the input ended. */
async function readPaste(
  talk: Conversation,
  { state }: Attempt,
  signal: AbortSignal,
): Promise<Callback | null> {
  for (;;) {
    const text = await talk.line(signal)
    if (text === null) return null
    if (text.trim() === "") continue
    const callback = pastedCallback(text)
    if (callback === null) {
      talk.tell(
        "That is no address of a finished login. Paste what the browser's address bar shows.",
      )
    } else if (callback.state !== null && callback.state !== state) {
      talk.tell("That address is of another login. Finish the one on the page above.")
    } else return callback
  }
}

/** Without a keyboard the redirect may still come; where only a paste could, nothing will. */
function endOfInput(lane: BrowserLane["lane"]): Promise<Callback> | Callback {
  if (lane === "browser") return new Promise(() => {})
  return fail(
    "nothing_pasted",
    "the input ended before the address of the finished login was pasted",
    "run it at a terminal, or use --device-code",
  )
}

function waitingText(lane: BrowserLane["lane"], timeoutMs: number): string {
  const limit = `${patience(timeoutMs)}; ctrl-C cancels`
  return lane === "manual"
    ? `Then paste the address that the browser ends at (${limit}):`
    : `Waiting for the browser, or for the address that it ends at, pasted here (${limit}).`
}

/** How long somebody is waited for, in words, never more or less than it is. */
export function patience(ms: number): string {
  if (ms >= 2 * MINUTE && ms % MINUTE === 0) return `${ms / MINUTE} minutes`
  const seconds = Math.round(ms / SECOND)
  return seconds === 1 ? "1 second" : `${seconds} seconds`
}

function failTimeout(timeoutMs: number): never {
  return fail(
    "login_timeout",
    `nobody finished the login within ${patience(timeoutMs)}; nothing was changed`,
    "try again, with a longer --timeout if need be",
  )
}

function failRefused(reason: string): never {
  return fail("login_refused", `the login was refused on the page (${reason})`, "try again")
}
