import { faultPoint } from "./faults.ts"
import { isWholeObject, nothingYet, readBody, textOf, unpack } from "./http-body.ts"
import { failureCode, neverSent } from "./http-failure.ts"
import { neverProxyLoopback } from "./proxy.ts"
import { SECOND } from "./time.ts"
import { withinAwake } from "./time-limit.ts"
import { VERSION } from "./version.ts"

/** A token POST has this long, whatever other limits say (design §3). */
const POST_LIMIT_MS = 60 * SECOND
const MAX_BYTES = 1 << 20

export type HttpReply = {
  status: number
  /** By lower-case name. */
  headers: Record<string, string>
  body: string
}

/** `detail` is a system word such as `ECONNRESET`: never an address, a header or a body. */
export type Exchanged =
  | ({ kind: "reply" } & HttpReply)
  | { kind: "timeout" }
  | { kind: "not_sent"; detail: string }
  | { kind: "broken"; detail: string }
  | { kind: "too_large" }

/** `not_sent`: the request certainly never reached the server. `no_reply`: it may have. */
export type PostedOnce =
  | ({ kind: "reply" } & HttpReply)
  | { kind: "not_sent"; detail: string }
  | { kind: "no_reply"; detail: string }

/**
 * One GET, whole: `timeoutMs` covers connection, headers and body, `maxBytes` (1 MiB) the body
 * after decompression. No retry; a redirect is a reply. Never throws.
 */
export async function exchange(request: {
  url: string
  headers?: Record<string, string>
  timeoutMs: number
  maxBytes?: number
}): Promise<Exchanged> {
  const { url, headers = {}, timeoutMs, maxBytes = MAX_BYTES } = request
  faultPoint("get:begin", hostOf(url))
  const sent = await send({ url, method: "GET", headers }, timeoutMs, maxBytes)
  faultPoint("get:replied", hostOf(url))
  if (sent.kind === "timeout") return { kind: "timeout" }
  if (sent.kind !== "failed") return sent
  const untouched = sent.begun === null && neverSent(sent.detail)
  return { kind: untouched ? "not_sent" : "broken", detail: sent.detail }
}

/**
 * One POST that carries a token, exactly once: its own limit of 60 s, no retry, no redirect
 * followed (a 307 would send the token on: it is a reply like any other), no used connection.
 * Nothing cuts it short, a signal neither, nor a stop: the time of a stopped process does not
 * count. A reply whose JSON came whole is a reply even if its
 * end did not, because the tokens in it are the only ones that live. Never throws.
 */
export async function postOnce(request: {
  url: string
  headers?: Record<string, string>
  body: string
  /** For tests. */
  timeoutMs?: number
}): Promise<PostedOnce> {
  const { url, headers = {}, body, timeoutMs = POST_LIMIT_MS } = request
  faultPoint("post:begin", hostOf(url))
  // Plain, so that what came of a cut reply can be read, and no wrong encoding hides its tokens.
  const plain = { ...headers, "accept-encoding": "identity" }
  const sent = await send({ url, method: "POST", headers: plain, body }, timeoutMs, MAX_BYTES)
  faultPoint("post:replied", hostOf(url))
  if (sent.kind === "reply") return sent
  if (sent.kind === "too_large") return { kind: "no_reply", detail: "too_large" }
  if (sent.begun !== null && isWholeObject(sent.begun.body)) return { kind: "reply", ...sent.begun }
  if (sent.kind === "timeout") return { kind: "no_reply", detail: "timeout" }
  const untouched = sent.begun === null && neverSent(sent.detail)
  return { kind: untouched ? "not_sent" : "no_reply", detail: sent.detail }
}

type Sent =
  | ({ kind: "reply" } & HttpReply)
  | { kind: "too_large" }
  /** `begun` is the reply as far as it came, null before its headers. */
  | { kind: "timeout"; begun: HttpReply | null }
  | { kind: "failed"; detail: string; begun: HttpReply | null }

async function send(
  request: { url: string; method: "GET" | "POST"; headers: Record<string, string>; body?: string },
  timeoutMs: number,
  maxBytes: number,
): Promise<Sent> {
  const { url, method, headers, body } = request
  if (!sendable(headers)) return { kind: "failed", detail: "ERR_INVALID_ARG_VALUE", begun: null }
  neverProxyLoopback()
  const { ofetch } = await import("ofetch")
  const cut = new AbortController()
  const received = nothingYet()
  let head: Omit<HttpReply, "body"> | null = null
  const begun = () => (head === null ? null : { ...head, body: textOf(received) })

  const attempt = async (): Promise<Sent> => {
    try {
      const response = await ofetch.raw(url, {
        method,
        headers: { "user-agent": `aim/${VERSION}`, ...headers },
        ...(body === undefined ? {} : { body, keepalive: false }),
        retry: 0,
        redirect: "manual",
        responseType: "stream",
        ignoreResponseError: true,
        signal: cut.signal,
        // `verbose`: Bun prints bearers when BUN_CONFIG_VERBOSE_FETCH asks, unless this says no.
        ...{ verbose: false, decompress: false },
      })
      head = { status: response.status, headers: Object.fromEntries(response.headers) }
      if (!(await readBody(response.body, maxBytes, received))) return { kind: "too_large" }
      const encoding = head.headers["content-encoding"] ?? ""
      const whole = await unpack(received, encoding, maxBytes)
      if (whole === "too_large") return { kind: "too_large" }
      if (whole === "garbled") return { kind: "failed", detail: "bad_encoding", begun: begun() }
      return { kind: "reply", ...head, body: textOf(whole) }
    } catch (error) {
      return { kind: "failed", detail: failureCode(error), begun: begun() }
    }
  }

  const outcome = await withinAwake(timeoutMs, attempt())
  cut.abort()
  return outcome.inTime ? outcome.value : { kind: "timeout", begun: begun() }
}

/** False for what no HTTP client sends, such as a token with a line break in it. */
function sendable(headers: Record<string, string>): boolean {
  try {
    new Headers(headers)
    return true
  } catch {
    return false
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return "(no url)"
  }
}
