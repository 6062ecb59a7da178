import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { join } from "node:path"
import { type TempHome, tempHome } from "../e2e/support/temp-home.ts"
import { makeThrowawayCa } from "../support/throwaway-ca.ts"
import { ARCHIVE, type FakeRelease, fakeRelease } from "./support/fake-release.ts"
import { COMMON_TOOLS, machine, program, standIn, toolsOnly } from "./support/fakes.ts"
import { filesIn, installerEnv, runInstaller, SCRIPT } from "./support/installer.ts"

let world: TempHome
let release: FakeRelease
let told: string
/** One folder for each way to download, as the whole PATH. */
const path: Record<string, string> = {}
beforeAll(async () => {
  world = await tempHome()
  release = await fakeRelease(join(world.path, "release"))
  told = await machine(join(world.path, "told"), {})
  for (const tool of ["curl", "wget", "neither"]) {
    const names = [...COMMON_TOOLS, "sha256sum", ...(tool === "neither" ? [] : [tool])]
    path[tool] = `${told}:${await toolsOnly(join(world.path, `with-${tool}`), names)}`
  }
})
afterAll(() => world[Symbol.asyncDispose]())

/** A release folder on loopback; `answer` may stand in for what the folder holds. */
function serve(answer: (file: string) => Response | undefined = () => undefined) {
  const asked: string[] = []
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 60,
    fetch: (request) => {
      const file = new URL(request.url).pathname.slice(1)
      asked.push(file)
      const found = Bun.file(join(release.dir, file))
      return answer(file) ?? new Response(found)
    },
  })
  const stop = () => server.stop(true)
  return {
    asked,
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    [Symbol.asyncDispose]: stop,
  }
}

function download(url: string, home: string, tool = "curl", env: Record<string, string> = {}) {
  return runInstaller(["--version", "9.9.9"], {
    home,
    shell: "/bin/sh",
    env: { PATH: path[tool] ?? "", AIM_DOWNLOAD_URL: url, ...env },
  })
}

describe.each(["curl", "wget"])("with %s", (tool) => {
  test("from this machine, through no proxy", async () => {
    await using home = await tempHome()
    await using server = serve()
    const nowhere = "http://127.0.0.1:9"
    const env = { http_proxy: nowhere, all_proxy: nowhere, ALL_PROXY: nowhere }
    const result = await download(server.url, home.path, tool, env)
    expect(result).toMatchObject({ code: 0, stderr: "" })
    expect(server.asked).toEqual(["SHA256SUMS", ARCHIVE])
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual(["aim", "aimgr"])
  })

  test.each<[string, (file: string) => Response | undefined, string]>([
    ["has nothing", () => new Response("no", { status: 404 }), "could not get"],
    [
      "has no archive",
      (file) => (file === ARCHIVE ? new Response("no", { status: 404 }) : undefined),
      `could not get`,
    ],
    [
      "sends half of it and calls that all",
      (file) => (file === ARCHIVE ? new Response(release.archive.slice(0, 99)) : undefined),
      "is not what SHA256SUMS says",
    ],
    [
      "gives a page instead of checksums",
      (file) => (file === "SHA256SUMS" ? new Response("<html>sign in</html>") : undefined),
      "does not say what",
    ],
  ])("a host that %s installs nothing", async (_name, answer, message) => {
    await using home = await tempHome()
    await using server = serve(answer)
    const { code, stderr } = await download(server.url, home.path, tool)
    expect(stderr).toContain(message)
    expect(code).toBe(1)
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual([])
  })
})

test.each(["curl", "wget"])(
  "with %s, an archive that breaks off is not installed",
  async (tool) => {
    await using home = await tempHome()
    // The head promises all of it; the connection ends after its first bytes.
    using server = Bun.listen({
      port: 0,
      hostname: "127.0.0.1",
      socket: {
        data(socket, request) {
          const whole = request.toString().includes(ARCHIVE)
            ? { length: release.archive.length, sent: release.archive.slice(0, 100) }
            : { length: release.sums.length, sent: release.sums }
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${whole.length}\r\n\r\n`)
          socket.write(whole.sent)
          socket.end()
        },
      },
    })
    const { code, stderr } = await download(`http://127.0.0.1:${server.port}`, home.path, tool)
    expect(stderr).toContain(`could not get http://127.0.0.1:${server.port}/${ARCHIVE}`)
    expect(code).toBe(1)
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual([])
  },
)

test("a host on this machine can't send the download elsewhere", async () => {
  await using home = await tempHome()
  await using other = serve()
  await using server = serve((file) => Response.redirect(`${other.url}/${file}`, 302))
  const { code, stderr } = await download(server.url, home.path)
  expect(stderr).toContain("error: ")
  expect(code).toBe(1)
  expect(other.asked).toEqual([])
})

describe("over https", () => {
  test("from a host that shows a certificate one trusts, which may send on to https only", async () => {
    await using home = await tempHome()
    const { ca, cert, key } = await makeThrowawayCa()
    await using plain = serve()
    let leaveTls = false
    await using server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      tls: { cert, key },
      fetch: (request) => {
        const { pathname, origin } = new URL(request.url)
        if (leaveTls) return Response.redirect(`${plain.url}${pathname}`, 302)
        if (!pathname.startsWith("/there/")) return Response.redirect(`${origin}/there${pathname}`)
        return new Response(Bun.file(join(release.dir, pathname.replace("/there/", ""))))
      },
    })
    const url = `https://127.0.0.1:${server.port}`
    const trusting = { CURL_CA_BUNDLE: join(home.path, "ca.pem"), NO_PROXY: "127.0.0.1" }
    await Bun.write(trusting.CURL_CA_BUNDLE, ca)

    expect((await download(url, home.path, "curl", { NO_PROXY: "127.0.0.1" })).code).toBe(1)
    leaveTls = true
    expect((await download(url, home.path, "curl", trusting)).code).toBe(1)
    expect(plain.asked).toEqual([])
    expect(await filesIn(join(home.path, ".local/bin"))).toEqual([])
    leaveTls = false
    const result = await download(url, home.path, "curl", trusting)
    expect(result).toMatchObject({ code: 0, stderr: "" })
  })
})

test("without curl and wget it says what to install", async () => {
  await using home = await tempHome()
  const { code, stderr } = await download("https://host.invalid", home.path, "neither")
  expect(stderr).toBe("error: nothing to download with\n\nhint: install curl or wget\n")
  expect(code).toBe(1)
})

describe("an address that others on the way could answer is refused unasked", () => {
  test.each([
    "http://host.invalid/aim",
    "http://127.0.0.1.host.invalid/",
    "http://localhost.host.invalid:80/",
    "http://localhost@host.invalid/",
    "http://127.0.0.1:80@host.invalid/",
    "http://127.0.0.1:80:90/",
    "http://host.invalid/127.0.0.1",
    "http://host.invalid#127.0.0.1",
    "http://[::1].host.invalid/",
    "http://[::2]/",
    "http://",
    "ftp://127.0.0.1/",
    "HTTP://host.invalid/",
    "file://host.invalid/aim",
  ])("%s", async (url) => {
    await using home = await tempHome()
    const { code, stderr } = await download(url, home.path, "neither")
    expect(stderr).toStartWith(`error: AIM_DOWNLOAD_URL is not safe: ${url}\n`)
    expect(code).toBe(2)
  })

  test.each([
    "http://127.0.0.1:8000/x",
    "http://localhost",
    "http://localhost:1/",
    "http://[::1]:8/",
  ])("but %s is this machine", async (url) => {
    await using home = await tempHome()
    const { stderr } = await download(url, home.path, "neither")
    expect(stderr).toStartWith("error: nothing to download with")
  })
})

test.each<[NodeJS.Signals, number]>([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
])("%s in the middle of a download leaves the old aim and no rest", async (signal, expected) => {
  await using home = await tempHome()
  const bin = join(home.path, ".local/bin")
  await program(bin, "aim", standIn("1.0.0"))
  const reached = Promise.withResolvers<void>()
  await using server = serve((file) => {
    if (file !== ARCHIVE) return undefined
    reached.resolve()
    return new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))
  })
  const child = Bun.spawn(["dash", SCRIPT, "--version", "9.9.9"], {
    cwd: home.path,
    env: {
      ...installerEnv(home.path),
      PATH: `${told}:${process.env.PATH}`,
      AIM_DOWNLOAD_URL: server.url,
    },
    stdio: ["ignore", "ignore", "ignore"],
    detached: true,
  })
  await reached.promise
  // As the terminal does it: to the shell and what it has started.
  process.kill(-child.pid, signal)
  expect(await child.exited).toBe(expected)
  expect(await filesIn(bin)).toEqual(["aim"])
})
