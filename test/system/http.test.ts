import { describe, expect, test } from "bun:test"
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib"
import { exchange, postOnce } from "../../src/system/http.ts"
import { VERSION } from "../../src/system/version.ts"
import { deafUrl, say, sayAndClose, web, wire } from "./wire.ts"

const TOKEN = "rt_synthetic-token-0001"
/** Longer than a name may be: no name server is asked, so none can keep us waiting. */
const NO_HOST = `http://${"x".repeat(64)}.invalid`
const bearer = { authorization: `Bearer ${TOKEN}` }
const head = (length: number) => `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`
const get = (url: string, more: { timeoutMs?: number; maxBytes?: number } = {}) =>
  exchange({ url: `${url}/usage?key=${TOKEN}`, headers: bearer, timeoutMs: 5_000, ...more })
const post = (url: string, timeoutMs = 5_000) =>
  postOnce({ url: `${url}/oauth/token`, headers: bearer, body: TOKEN, timeoutMs })

describe("exchange", () => {
  test("gives status, headers and body, and names itself", async () => {
    using server = web((request) => Response.json({ agent: request.headers.get("user-agent") }))
    const reply = await get(server.url)
    expect(reply).toMatchObject({ kind: "reply", status: 200 })
    if (reply.kind !== "reply") return
    expect(JSON.parse(reply.body)).toEqual({ agent: `aim/${VERSION}` })
    expect(reply.headers["content-type"]).toStartWith("application/json")
  })

  test.each([301, 302, 307, 308])(
    "takes a %i as the reply and follows it nowhere",
    async (status) => {
      using other = wire({ answer: sayAndClose(head(0)) })
      using server = web(() => new Response(null, { status, headers: { location: other.url } }))
      expect(await get(server.url)).toMatchObject({ kind: "reply", status })
      expect(other.requests()).toBe(0)
    },
  )

  test.each([400, 401, 408, 429, 500, 503])("asks once when the answer is %i", async (status) => {
    let asked = 0
    using server = web(() => {
      asked += 1
      return new Response("no", { status, headers: { "retry-after": "7" } })
    })
    expect(await get(server.url)).toMatchObject({
      kind: "reply",
      status,
      body: "no",
      headers: { "retry-after": "7" },
    })
    expect(asked).toBe(1)
  })

  const silences: [string, Parameters<typeof wire>[0]][] = [
    ["before the headers", {}],
    ["in the headers", { answer: say("HTTP/1.1 200 OK\r\ncontent-") }],
    ["in the body", { answer: say(`${head(100)}{"a":`) }],
    [
      "in a slow drip",
      {
        answer: (socket) => {
          socket.write(head(1_000))
          const drip = setInterval(() => {
            if (socket.write(" ") <= 0) clearInterval(drip)
          }, 20)
        },
      },
    ],
  ]
  test.each(silences)("ends with `timeout` when the server goes silent %s", async (_, handlers) => {
    using server = wire(handlers)
    expect(await get(server.url, { timeoutMs: 300 })).toEqual({ kind: "timeout" })
  })

  const packers: [string, (text: string) => Uint8Array][] = [
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
    ["identity", Buffer.from],
  ]
  test.each(packers)("reads a body in %s", async (encoding, pack) => {
    const body = pack('{"a":1}')
    using server = web(() => new Response(body, { headers: { "content-encoding": encoding } }))
    expect(await get(server.url)).toMatchObject({ kind: "reply", body: '{"a":1}' })
  })

  test("stops at the limit: plain, without a length, and unpacked from a bomb", async () => {
    const bomb = gzipSync(Buffer.alloc(50 << 20))
    const plain = Buffer.alloc(50 << 20, 32)
    let sent = 0
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          sent += 1 << 16
          controller.enqueue(new Uint8Array(1 << 16))
        },
      })
    const bodies = [
      () => new Response(plain),
      () => new Response(bomb, { headers: { "content-encoding": "gzip" } }),
      () => new Response(endless()),
    ]
    for (const body of bodies) {
      using server = web(body)
      expect(await get(server.url)).toEqual({ kind: "too_large" })
    }
    expect(sent).toBeGreaterThan(1 << 20)
  })

  test("takes exactly the limit and not a byte more", async () => {
    using server = web(() => new Response("x".repeat(64)))
    expect(await get(server.url, { maxBytes: 64 })).toMatchObject({ kind: "reply" })
    expect(await get(server.url, { maxBytes: 63 })).toEqual({ kind: "too_large" })
  })

  test("tolerates bytes that are no UTF-8", async () => {
    using server = web(() => new Response(new Uint8Array([0x61, 0xff, 0xfe, 0x62])))
    expect(await get(server.url)).toMatchObject({ kind: "reply", body: "a\ufffd\ufffdb" })
  })

  const breaks: [string, Parameters<typeof wire>[0]][] = [
    ["cut before the reply", { answer: (socket) => socket.terminate() }],
    ["cut in the body", { answer: sayAndClose(`${head(100)}{"a":`) }],
    ["no HTTP", { answer: sayAndClose("garbage\r\n\r\n") }],
    [
      "in no known encoding",
      {
        answer: sayAndClose(
          "HTTP/1.1 200 OK\r\ncontent-encoding: zip\r\ncontent-length: 1\r\n\r\nx",
        ),
      },
    ],
    [
      "gzip that is none",
      {
        answer: sayAndClose(
          "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 9\r\n\r\nnot gzip!",
        ),
      },
    ],
  ]
  test.each(breaks)("says `broken` for a connection that is %s", async (_, handlers) => {
    using server = wire(handlers)
    expect(await get(server.url)).toMatchObject({ kind: "broken" })
  })

  test.each([
    ["nobody listening", deafUrl()],
    ["no such host", NO_HOST],
    ["no URL", "not a url"],
    ["another protocol", "ftp://127.0.0.1"],
  ])("says `not_sent` for %s", async (_, url) => {
    expect(await get(url)).toMatchObject({ kind: "not_sent" })
  })

  test("does not send a header with a line break in it, nor quotes it", async () => {
    using server = wire({ answer: sayAndClose(head(0)) })
    const headers = { authorization: `Bearer ${TOKEN}\r\nx-injected: yes` }
    const outcome = await exchange({ url: server.url, headers, timeoutMs: 5_000 })
    expect(outcome).toMatchObject({ kind: "not_sent" })
    expect(JSON.stringify(outcome)).not.toContain(TOKEN)
    expect(server.requests()).toBe(0)
  })
})

describe("postOnce", () => {
  test("posts the body and gives the whole reply", async () => {
    using server = web(async (request) => {
      const { method, headers } = request
      return new Response(`${method} ${headers.get("user-agent")} ${await request.text()}`, {
        status: 201,
      })
    })
    expect(await post(server.url)).toMatchObject({
      kind: "reply",
      status: 201,
      body: `POST aim/${VERSION} ${TOKEN}`,
    })
  })

  test.each([302, 303, 307, 308])("never takes the token to where a %i points", async (status) => {
    using thief = wire({ answer: sayAndClose(head(0)) })
    using server = web(() => new Response(null, { status, headers: { location: thief.url } }))
    expect(await post(server.url)).toMatchObject({ kind: "reply", status })
    expect(thief.seen()).toBe("")
  })

  test.each([429, 500, 503])("posts once when the answer is %i", async (status) => {
    let asked = 0
    using server = web(() => {
      asked += 1
      return new Response("{}", { status })
    })
    expect(await post(server.url)).toMatchObject({ kind: "reply", status })
    expect(asked).toBe(1)
  })

  test("posts once, on a connection of its own, when the server has dropped the last one", async () => {
    using server = wire({
      answer: (socket) => {
        socket.write(`${head(2)}ok`)
        setTimeout(() => socket.terminate(), 5)
      },
    })
    for (const n of [1, 2, 3]) {
      expect(await post(server.url)).toMatchObject({ kind: "reply" })
      expect(server.requests()).toBe(n)
    }
  })

  test.each([
    ["nobody listening", deafUrl()],
    ["no such host", NO_HOST],
    ["no URL", "not a url"],
  ])("says `not_sent` for %s", async (_, url) => {
    expect(await post(url)).toMatchObject({ kind: "not_sent" })
  })

  const unanswered: [string, Parameters<typeof wire>[0]][] = [
    ["cut before the reply", { answer: (socket) => socket.terminate() }],
    ["silent", {}],
    ["cut in the headers", { answer: sayAndClose("HTTP/1.1 200 OK\r\ncont") }],
    ["cut in the body", { answer: sayAndClose(`${head(100)}{"access_token":"${TOKEN}`) }],
    ["silent in the body", { answer: say(`${head(100)}{"access_token":"${TOKEN}`) }],
    ["no HTTP", { answer: sayAndClose(`${TOKEN}\r\n\r\n`) }],
  ]
  test.each(unanswered)("says `no_reply` when the connection is %s", async (_, handlers) => {
    using server = wire(handlers)
    const outcome = await post(server.url, 1_000)
    expect(outcome).toMatchObject({ kind: "no_reply" })
    expect(JSON.stringify(outcome)).not.toContain(TOKEN)
    expect(server.requests()).toBe(1)
  })

  test("says `no_reply` for a reply of 50 MB", async () => {
    using server = web(() => new Response(Buffer.alloc(50 << 20, 32)))
    expect(await post(server.url)).toEqual({ kind: "no_reply", detail: "too_large" })
  })

  test("keeps tokens that came whole on a connection that then went silent", async () => {
    const body = '{"access_token":"at_new","refresh_token":"rt_new"}'
    using server = wire({ answer: say(`${head(body.length + 10)}${body}`) })
    expect(await post(server.url, 300)).toMatchObject({ kind: "reply", status: 200, body })
  })
})
