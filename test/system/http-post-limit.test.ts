import { expect, test } from "bun:test"
import { type PostedOnce, postOnce } from "../../src/system/http.ts"
import { stopTime } from "../support/time-passes.ts"

/** A token endpoint that keeps its reply until it is told. */
function heldServer() {
  const gate = Promise.withResolvers<void>()
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: async () => {
      await gate.promise
      return Response.json({ access_token: "a" })
    },
  })
  return {
    url: `http://127.0.0.1:${server.port}/oauth/token`,
    reply: gate.resolve,
    [Symbol.asyncDispose]: () => server.stop(true),
  }
}

/** A POST to a server that does not answer, `ms` later. */
async function postAfter(url: string, ms: number) {
  // Loads what is loaded on first use, before time stands still.
  await postOnce({ url: "http://127.0.0.1:1/", body: "{}" })
  const time = stopTime()
  const seen: { posted: PostedOnce | null } = { posted: null }
  const ended = postOnce({ url, body: "{}" }).then((posted) => {
    seen.posted = posted
  })
  await time.someoneWaits()
  await time.pass(ms)
  return { seen, ended, time }
}

test("a token POST has 60 s of its own", async () => {
  await using server = heldServer()
  const { seen, ended, time } = await postAfter(server.url, 59_999)
  using _time = time
  expect(seen.posted).toBeNull()
  await time.pass(1)
  await ended
  expect(seen.posted).toEqual({ kind: "no_reply", detail: "timeout" })
})

test("a reply in the last of these seconds is a reply", async () => {
  await using server = heldServer()
  const { seen, ended, time } = await postAfter(server.url, 59_999)
  using _time = time
  server.reply()
  await ended
  expect(seen.posted).toMatchObject({ kind: "reply", status: 200, body: '{"access_token":"a"}' })
})
