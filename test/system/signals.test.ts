import { describe, expect, test } from "bun:test"
import { join } from "node:path"

const SIGNALS = join(import.meta.dir, "../../src/system/signals.ts")

/** A program that says what it does, line by line, and can be sent signals. */
function program(body: string, wrap: string[] = []) {
  const script = `
    const { onStop, protect, stopCode, stopSignal, uncut, uncutFor } = await import(${JSON.stringify(SIGNALS)})
    ${body}`
  const child = Bun.spawn([...wrap, process.execPath, "-e", script], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  })
  const reader = child.stdout.getReader()
  let text = ""
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Lets the program's `await go()` return. */
    go: () => {
      child.stdin.write("go\n")
      child.stdin.flush()
    },
    says: async (word: string) => {
      while (!text.includes(word)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`ended without saying ${word}: ${text}`)
        text += new TextDecoder().decode(value)
      }
    },
    end: async () => {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        text += new TextDecoder().decode(value)
      }
      return { code: await child.exited, text, errors: await child.stderr.text() }
    },
  }
}

const GO = `const go = async () => { for await (const _ of console) return }`
const FOREVER = `await new Promise((resolve) => setTimeout(resolve, 60_000))`
const rows: [NodeJS.Signals, number][] = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]

describe.each(rows)("%s", (signal, code) => {
  test("ends the process at once when nothing is protected", async () => {
    const child = program(`await protect(async () => {}); console.log("ready"); ${FOREVER}`)
    await child.says("ready")
    child.kill(signal)
    expect((await child.end()).code).toBe(code)
  })

  test("waits for protected work, and lets nothing follow it", async () => {
    const child = program(`${GO}
      process.on("${signal}", () => console.log("seen"))
      await protect(async () => {
        console.log("posting")
        await go()
        console.log("committed")
      })
      await new Promise((resolve) => setTimeout(resolve, 60_000))
      console.log("too far")`)
    await child.says("posting")
    child.kill(signal)
    await child.says("seen")
    child.kill(signal)
    child.go()
    const { code: ended, text } = await child.end()
    expect(ended).toBe(code)
    expect(text).toContain("committed")
    expect(text).not.toContain("too far")
  })

  test("lets a program that has announced it come to its own end", async () => {
    const child = program(`
      const stopped = new Promise((resolve) => onStop(() => resolve(null)))
      console.log("watching", stopCode())
      await stopped
      console.log("cleaned up", stopCode(), stopSignal().aborted)
      process.exitCode = stopCode()`)
    await child.says("watching null")
    child.kill(signal)
    expect(await child.end()).toMatchObject({
      code,
      text: expect.stringContaining(`cleaned up ${code} true`),
    })
  })

  test("comes twice: ends a program that was to come to its own end", async () => {
    const child = program(`onStop(() => console.log("asked")); console.log("ready"); ${FOREVER}`)
    await child.says("ready")
    child.kill(signal)
    await child.says("asked")
    child.kill(signal)
    expect((await child.end()).code).toBe(code)
  })
})

test("the first signal decides the code, the second only the hurry", async () => {
  const child = program(`onStop(() => console.log("asked")); console.log("ready"); ${FOREVER}`)
  await child.says("ready")
  child.kill("SIGTERM")
  await child.says("asked")
  child.kill("SIGINT")
  expect((await child.end()).code).toBe(143)
})

test("work that fails is no longer in the way", async () => {
  const child = program(`${GO}
    process.on("SIGTERM", () => console.log("seen"))
    protect(async () => { console.log("posting"); await go(); throw new Error("full disk") }).catch(() => {})
    ${FOREVER}`)
  await child.says("posting")
  child.kill("SIGTERM")
  await child.says("seen")
  child.go()
  expect((await child.end()).code).toBe(143)
})

test("two pieces of protected work: the last one decides", async () => {
  const child = program(`${GO}
    process.on("SIGTERM", () => console.log("seen"))
    const told = go()
    protect(async () => { await told; console.log("first done") })
    protect(async () => { await told; await Bun.sleep(50); console.log("second done") })
    console.log("ready")
    ${FOREVER}`)
  await child.says("ready")
  child.kill("SIGTERM")
  await child.says("seen")
  child.go()
  const { code, text } = await child.end()
  expect(code).toBe(143)
  expect(text).toContain("second done")
})

test("a handler taken back no longer counts, and one that comes late is told at once", async () => {
  const gone = program(`onStop(() => {})(); console.log("ready"); ${FOREVER}`)
  await gone.says("ready")
  gone.kill("SIGTERM")
  expect((await gone.end()).code).toBe(143)
  const late = program(`${GO}
    process.on("SIGTERM", () => console.log("seen"))
    onStop(() => {})
    console.log("ready")
    await go()
    onStop(() => console.log("told"))`)
  await late.says("ready")
  late.kill("SIGTERM")
  await late.says("seen")
  late.go()
  expect((await late.end()).text).toContain("told")
})

test("a signal that nohup has silenced stays silent", async () => {
  const child = program(
    `${GO}; onStop(() => console.log("asked")); console.log("ready"); await go(); console.log("alive")`,
    ["nohup"],
  )
  await child.says("ready")
  child.kill("SIGHUP")
  child.go()
  const { code, text } = await child.end()
  expect(text).toContain("alive")
  expect(text).not.toContain("asked")
  expect(code).toBe(0)
})

test.each([
  ["protect", true],
  ["uncut", false],
])("`%s` lets work come to its end, with a word only of a post (%p)", async (name, told) => {
  const child = program(`${GO}
    process.on("SIGTERM", () => console.log("seen"))
    await ${name}(async () => { console.log("begun"); await go(); console.log("whole") })
    ${FOREVER}`)
  await child.says("begun")
  child.kill("SIGTERM")
  await child.says("seen")
  child.go()
  const { code, text, errors } = await child.end()
  expect(code).toBe(143)
  expect(text).toContain("whole")
  expect(errors.includes("a login is being renewed")).toBe(told)
})

test("`uncutFor` lets work come to its end before anything is said of the end", async () => {
  const child = program(`${GO}
    const { beforeEnd } = await import(${JSON.stringify(SIGNALS)})
    process.on("SIGTERM", () => console.log("seen"))
    beforeEnd(() => console.log("ended"))
    await uncutFor(60_000, async () => { console.log("begun"); await go(); console.log("whole") })
    ${FOREVER}`)
  await child.says("begun")
  child.kill("SIGTERM")
  await child.says("seen")
  child.go()
  const { code, text } = await child.end()
  expect(code).toBe(143)
  expect(text).toMatch(/seen\nwhole\nended\n$/)
})

test("`uncutFor` waits for no longer than it may, however late the work has begun", async () => {
  const early = program(`console.log("ready"); await uncutFor(20, () => new Promise(() => {}))`)
  await early.says("ready")
  early.kill("SIGTERM")
  expect((await early.end()).code).toBe(143)
  const late = program(`${GO}
    process.on("SIGTERM", () => console.log("seen"))
    onStop(() => {})
    console.log("ready")
    await go()
    console.log("begun")
    uncutFor(20, () => new Promise(() => {}))
    ${FOREVER}`)
  await late.says("ready")
  late.kill("SIGTERM")
  await late.says("seen")
  late.go()
  await late.says("begun")
  late.kill("SIGINT")
  expect((await late.end()).code).toBe(143)
})
