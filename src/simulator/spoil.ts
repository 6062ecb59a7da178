import type { Fault } from "./fault.ts"
import { json, type Reply, reply } from "./reply.ts"
import { CANARY } from "./tokens.ts"

type JsonObject = Record<string, unknown>
/** The token reply of a fresh login of an account, by its name. */
export type TokensOf = (account: string) => JsonObject

const FIFTY_MEGABYTES = 50 * 1024 * 1024

/** Changes a planned reply as the fault wants it. */
export function spoil(planned: Reply, fault: Fault, tokensOf: TokensOf): Reply {
  switch (fault.kind) {
    case "status":
      return json(
        fault.status,
        fault.body ?? { detail: `simulated ${fault.status}` },
        fault.headers,
      )
    case "html":
      return reply(200, `<!doctype html><title>Sign in</title><p>${CANARY} portal</p>`, {
        "content-type": "text/html; charset=utf-8",
      })
    case "redirect":
      return reply(fault.status ?? 307, "", { location: fault.location })
    case "hang":
      return { ...planned, hangs: true }
    case "hold":
      return { ...planned, held: true }
    case "delay":
      return {
        ...planned,
        delayHeadersMs: planned.delayHeadersMs + (fault.headersMs ?? 0),
        delayBodyMs: planned.delayBodyMs + (fault.bodyMs ?? 0),
      }
    case "cut":
      return { ...planned, cut: fault.at }
    case "garbled":
      return { ...planned, body: `${firstHalf(textOf(planned))}\u0000}]` }
    case "gzip":
      return encoded(planned, Bun.gzipSync(textOf(planned)))
    case "gzip_garbage":
      return encoded(planned, new Uint8Array(Buffer.from(`not gzip ${CANARY}`)))
    case "set":
      return changed(planned, (body) => {
        for (const [path, value] of Object.entries(fault.values)) put(body, path, value)
      })
    case "drop":
      return changed(planned, (body) => {
        for (const path of fault.keys) put(body, path, undefined)
      })
    case "other_account":
      return changed(planned, (body) => Object.assign(body, tokensOf(fault.as)))
    case "huge":
      return { ...planned, paddingBytes: fault.bytes ?? FIFTY_MEGABYTES }
    case "drip":
      return { ...planned, drip: { bytes: fault.bytes, everyMs: fault.everyMs } }
  }
}

function encoded(planned: Reply, body: Uint8Array<ArrayBuffer>): Reply {
  return { ...planned, body, headers: { ...planned.headers, "content-encoding": "gzip" } }
}

function changed(planned: Reply, change: (body: JsonObject) => void): Reply {
  const body = JSON.parse(textOf(planned)) as JsonObject
  change(body)
  return { ...planned, body: JSON.stringify(body) }
}

/** Sets a dotted path, making the objects on the way; undefined takes the key away. */
function put(body: JsonObject, path: string, value: unknown): void {
  const keys = path.split(".")
  const last = keys.pop()
  if (last === undefined) return
  let at = body
  for (const key of keys) {
    const next = at[key]
    const inner = (typeof next === "object" && next !== null ? next : {}) as JsonObject
    at[key] = inner
    at = inner
  }
  at[last] = value
}

function textOf(planned: Reply): string {
  return typeof planned.body === "string" ? planned.body : Buffer.from(planned.body).toString()
}

function firstHalf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2))
}
