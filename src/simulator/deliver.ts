import { sleep } from "../system/clock.ts"
import type { Reply } from "./reply.ts"

/** What a reply may have to wait for, besides time. */
export type Gates = {
  /** Settles at the next `release()`. */
  released: () => Promise<void>
  /** Settles when the simulator stops. */
  stopped: Promise<void>
}

/** Carries a plan out. A cut is a reset of the connection: the stream fails under Bun.serve. */
export async function deliver(plan: Reply, gates: Gates): Promise<Response> {
  if (plan.hangs) await gates.stopped
  if (plan.held) await Promise.race([gates.released(), gates.stopped])
  if (plan.delayHeadersMs > 0) await Promise.race([sleep(plan.delayHeadersMs), gates.stopped])
  if (plan.hangs || plan.cut === "before_reply") return new Response(brokenStream())
  const head = { status: plan.status, headers: plan.headers }
  return new Response(isPlain(plan) ? plan.body : bodyStream(plan, gates), head)
}

function isPlain(plan: Reply): boolean {
  return (
    plan.delayBodyMs === 0 && plan.cut === null && plan.drip === null && plan.paddingBytes === 0
  )
}

/** `error()` without a reason: with one, Bun.serve 1.4.5 prints it on stderr. */
function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.error() })
}

function bodyStream(plan: Reply, gates: Gates): ReadableStream<Uint8Array> {
  const chunks = bodyChunks(plan, gates)
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (!next.done) controller.enqueue(next.value)
      else if (plan.cut === "half_body") controller.error()
      else controller.close()
    },
  })
}

async function* bodyChunks(plan: Reply, gates: Gates): AsyncGenerator<Uint8Array> {
  let body = new Uint8Array(Buffer.from(plan.body))
  if (plan.delayBodyMs > 0) await Promise.race([sleep(plan.delayBodyMs), gates.stopped])
  if (plan.paddingBytes > 0) {
    yield Buffer.from('{"padding":"')
    yield* padding(plan.paddingBytes)
    yield Buffer.from('",')
    body = body.slice(1)
  }
  if (plan.cut === "half_body") {
    yield body.slice(0, Math.max(1, Math.floor(body.length / 2)))
    // The half must have left before the reset, or the client may never see it.
    await sleep(20)
    return
  }
  if (plan.drip === null) return yield body
  for (let at = 0; at < body.length; at += plan.drip.bytes) {
    yield body.slice(at, at + plan.drip.bytes)
    await Promise.race([sleep(plan.drip.everyMs), gates.stopped])
  }
}

function* padding(bytes: number): Generator<Uint8Array> {
  const block = Buffer.alloc(64 * 1024, "x")
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, left)
}
