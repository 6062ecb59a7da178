/** An answer as a plan: faults change the plan, `deliver` carries it out. */
export type Reply = {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
  /** Milliseconds before the first byte of the head, and between head and body. */
  delayHeadersMs: number
  delayBodyMs: number
  /** Waits for `release()` before the head. */
  held: boolean
  /** Never answers; ended by the client or by `stop()`. */
  hangs: boolean
  cut: "before_reply" | "half_body" | null
  drip: { bytes: number; everyMs: number } | null
  /** Bytes of padding streamed as a first key of the JSON body. */
  paddingBytes: number
}

/** A reply as it goes out, where no fault is in the way. */
export function reply(
  status: number,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Reply {
  return {
    status,
    headers,
    body,
    delayHeadersMs: 0,
    delayBodyMs: 0,
    held: false,
    hangs: false,
    cut: null,
    drip: null,
    paddingBytes: 0,
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return reply(status, JSON.stringify(body), { "content-type": "application/json", ...headers })
}

export function page(status: number, html: string): Reply {
  return reply(status, `<!doctype html>\n${html}\n`, { "content-type": "text/html" })
}
