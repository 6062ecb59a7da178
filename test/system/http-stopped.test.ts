import { expect, test } from "bun:test"
import { join } from "node:path"

const HTTP = join(import.meta.dir, "../../src/system/http.ts")
const LIMIT_MS = 6_000
const POSTS = 8

test("a process that was stopped past the limit finds its replies all the same", async () => {
  let posts = 0
  const arrived = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  await using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async () => {
      posts += 1
      if (posts === POSTS) arrived.resolve()
      await gate.promise
      // More than one read takes: whoever looks at the clock in between sees half of it.
      return Response.json({ access_token: "a", padding: "x".repeat(900_000) })
    },
  })
  const script = `
    const { postOnce } = await import(${JSON.stringify(HTTP)})
    const url = ${JSON.stringify(server.url.href)}
    const post = () => postOnce({ url, body: "{}", timeoutMs: ${LIMIT_MS} })
    const ended = await Promise.all(Array.from({ length: ${POSTS} }, post))
    console.log(JSON.stringify(ended.map(({ kind }) => kind)))
  `
  await using child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" })
  await arrived.promise
  child.kill("SIGSTOP")
  gate.resolve()
  await Bun.sleep(LIMIT_MS + 500)
  child.kill("SIGCONT")
  expect(JSON.parse(await child.stdout.text())).toEqual(Array(POSTS).fill("reply"))
  expect(posts).toBe(POSTS)
})
