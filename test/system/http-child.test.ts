import { describe, expect, test } from "bun:test"
import { readFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { tempFolder } from "../support/temp-folder.ts"
import { sayAndClose, web, wire } from "./wire.ts"

const TOKEN = "rt_synthetic-token-0002"
const HTTP = join(import.meta.dir, "../../src/system/http.ts")

/** Runs both network functions against `url` in a process of its own, with this environment. */
async function run(url: string, env: Record<string, string>, flags: string[] = []) {
  const script = `
    const { exchange, postOnce } = await import(${JSON.stringify(HTTP)})
    const headers = { authorization: "Bearer ${TOKEN}" }
    const url = ${JSON.stringify(url)}
    const got = await exchange({ url, headers, timeoutMs: 5000 })
    const posted = await postOnce({ url, headers, body: "refresh_token=${TOKEN}", timeoutMs: 5000 })
    console.log(JSON.stringify([got, posted]))
  `
  const child = Bun.spawn([process.execPath, ...flags, "-e", script], {
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...env },
    stdout: "pipe",
    stderr: "pipe",
  })
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { out, err, outcomes: JSON.parse(out) as { kind: string; detail?: string }[] }
}

describe("with a proxy in the environment", () => {
  const answer = sayAndClose("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nproxied")

  test.each([
    ["nothing else", {}],
    ["NO_PROXY for another host", { NO_PROXY: "example.org" }],
    ["no_proxy for another host", { no_proxy: "example.org", NO_PROXY: "example.net" }],
    ["an empty NO_PROXY", { NO_PROXY: "" }],
  ])("loopback is never proxied: %s", async (_, env) => {
    using proxy = wire({ answer })
    using server = web(() => new Response("direct"))
    for (const url of [server.url, server.url.replace("127.0.0.1", "localhost")]) {
      const { outcomes } = await run(url, { HTTP_PROXY: proxy.url, http_proxy: proxy.url, ...env })
      expect(outcomes).toMatchObject([{ body: "direct" }, { body: "direct" }])
    }
    expect(proxy.seen()).toBe("")
  })

  test("other hosts go through it, but for those that NO_PROXY names", async () => {
    using proxy = wire({ answer })
    // Longer than a name may be: no name server is asked, so none can keep us waiting.
    const spare = `${"x".repeat(64)}.invalid`
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: spare }
    const proxied = await run("http://host.invalid/", env)
    expect(proxied.outcomes).toMatchObject([{ body: "proxied" }, { body: "proxied" }])
    const spared = await run(`http://${spare}/`, env)
    expect(spared.outcomes).toMatchObject([{ kind: "not_sent" }, { kind: "not_sent" }])
  })

  test("one that is down, or refuses the tunnel, means that nothing was sent", async () => {
    using proxy = wire({
      answer: sayAndClose("HTTP/1.1 407 No\r\ncontent-length: 2\r\n\r\n{}"),
    })
    for (const HTTPS_PROXY of [proxy.url, "http://127.0.0.1:1"]) {
      const { outcomes } = await run("https://host.invalid/", { HTTPS_PROXY })
      expect(outcomes).toMatchObject([{ kind: "not_sent" }, { kind: "not_sent" }])
    }
    expect(proxy.seen()).not.toContain(TOKEN)
  })
})

test("BUN_CONFIG_VERBOSE_FETCH prints no bearer and no body", async () => {
  using server = web(() => new Response("fine"))
  for (const verbose of ["curl", "1"]) {
    const { out, err } = await run(server.url, { BUN_CONFIG_VERBOSE_FETCH: verbose })
    expect(out).toContain("fine")
    expect(out + err).not.toContain(TOKEN)
    expect(err).toBe("")
  }
})

test("a reply that is not what it says it is prints nothing", async () => {
  const garbled = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope"
  using server = wire({ answer: sayAndClose(garbled) })
  const { err, outcomes } = await run(server.url, {})
  expect(outcomes).toMatchObject([{ kind: "broken" }, { kind: "no_reply" }])
  expect(err).toBe("")
})

test("a signal waits for the reply of a post that is protected", async () => {
  let answer: (response: Response) => void = () => {}
  const arrived = Promise.withResolvers<void>()
  using server = web(() => {
    arrived.resolve()
    return new Promise<Response>((resolve) => {
      answer = resolve
    })
  })
  const script = `
    const { postOnce } = await import(${JSON.stringify(HTTP)})
    const { protect } = await import(${JSON.stringify(HTTP.replace("http.ts", "signals.ts"))})
    process.on("SIGINT", () => console.log("asked to stop"))
    await protect(async () => {
      const posted = await postOnce({ url: ${JSON.stringify(server.url)}, body: "${TOKEN}" })
      console.log(posted.kind, posted.body)
    })`
  const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" })
  await arrived.promise
  const reader = child.stdout.getReader()
  child.kill("SIGINT")
  let text = ""
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    text += new TextDecoder().decode(value)
    if (text.includes("asked")) answer(new Response("new tokens"))
  }
  expect(text).toContain("reply new tokens")
  expect(await child.exited).toBe(130)
})

test("a crash test can stop before a request and after its whole reply", async () => {
  const steps = join(tempFolder("steps"), "steps")
  let body = "pending"
  using server = web(() => {
    // Whoever has begun has said so before anything was sent.
    body = readFileSync(steps, "utf8")
    return new Response("fine")
  })
  const host = server.url.slice("http://".length)
  const { outcomes } = await run(server.url, { AIM_FAULT_RECORD: steps }, [
    "--define",
    "AIM_FAULTS=true",
  ])
  expect(outcomes).toMatchObject([{ kind: "reply" }, { kind: "reply" }])
  const all = ["get:begin", "get:replied", "post:begin", "post:replied"]
  const lines = all.map((step) => `${step}\t${host}\n`)
  expect(readFileSync(steps, "utf8")).toBe(lines.join(""))
  expect(body).toBe(lines.slice(0, 3).join(""))
  rmSync(dirname(steps), { recursive: true })
})
