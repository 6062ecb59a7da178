import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { AimError } from "../../src/system/errors.ts"
import { withFlock } from "../../src/system/flock.ts"
import { mapWithin } from "../../src/system/limit.ts"
import { withLock } from "../../src/system/locks.ts"
import { HOUR } from "../../src/system/time.ts"
import { underDirLock } from "../../src/targets/dir-locks.ts"
import { tempFolder } from "../support/temp-folder.ts"

const LOCKS = join(import.meta.dir, "..", "..", "src", "system", "locks.ts")

afterEach(() => {
  setSystemTime()
})

function step(ms: number): void {
  setSystemTime(new Date(Date.now() + ms))
}

/** Another process that holds one of aim's locks until its input ends. */
async function otherAim(folder: string) {
  const script = `import { withLock } from ${JSON.stringify(LOCKS)}
    await withLock(${JSON.stringify(folder)}, "x", async () => {
      console.log("held")
      for await (const _ of Bun.stdin.stream()) {}
    })`
  const child = Bun.spawn([process.execPath, "-e", script], { stdin: "pipe", stdout: "pipe" })
  await child.stdout.getReader().read()
  return async () => {
    child.stdin.end()
    await child.exited
  }
}

type Wait = (waitMs: number) => Promise<string>
/** Something that is held by another, how to wait for it, and how to let it go. */
type Held = (folder: string) => Promise<{ wait: Wait; letGo: () => Promise<unknown> }>

const work = async () => "held"

const waits: [string, Held][] = [
  [
    "one of aim's own locks",
    async (folder) => {
      const letGo = await otherAim(folder)
      return { wait: (waitMs) => withLock(folder, "x", work, { waitMs }), letGo }
    },
  ],
  ...(["ffi", "child"] as const).map((way): [string, Held] => [
    `a client's flock, by ${way}`,
    async (folder) => {
      const file = join(folder, "x.lock")
      const over = Promise.withResolvers<void>()
      const taken = Promise.withResolvers<void>()
      const held = withFlock(file, {}, () => {
        taken.resolve()
        return over.promise
      })
      await taken.promise
      const letGo = () => {
        over.resolve()
        return held
      }
      return { wait: (waitMs) => withFlock(file, { waitMs, way }, work), letGo }
    },
  ]),
  [
    "a client's lock folder",
    async (folder) => {
      const path = join(folder, "x.lock")
      mkdirSync(path)
      // As old as the clock will have it, so that only the wait is judged.
      const lock = { path, staleMs: 100 * HOUR }
      const wait: Wait = (waitMs) =>
        underDirLock({ name: "Pi", waitMs }, lock, join(folder, "records"), work)
      const letGo = async () => Bun.spawnSync(["rmdir", path])
      return { wait, letGo }
    },
  ],
]

describe.each(waits)("a wait for %s", (_, held) => {
  test("does not end with a clock that is set forward", async () => {
    const { wait, letGo } = await held(tempFolder("waits"))
    const waiting = wait(30_000)
    await Bun.sleep(50)
    step(8 * HOUR)
    expect(await Promise.race([waiting.catch(() => "given up"), Bun.sleep(700)])).toBeUndefined()
    await letGo()
    expect(await waiting).toBe("held")
  })

  test("ends in time with a clock that is set back", async () => {
    const { wait, letGo } = await held(tempFolder("waits"))
    const waiting = wait(500).catch((error: unknown) => error)
    await Bun.sleep(50)
    step(-8 * HOUR)
    expect(await waiting).toBeInstanceOf(AimError)
    await letGo()
  })
})

describe("the time for one round", () => {
  test.each([8 * HOUR, -8 * HOUR])("is not changed by a clock that is set by %d ms", async (ms) => {
    const left: number[] = []
    const round = { limit: 1, deadlineMs: 20_000 }
    const results = await mapWithin([1, 2], round, async (item, leftMs) => {
      step(ms)
      left.push(leftMs)
      return item
    })
    expect(results.map(({ kind }) => kind)).toEqual(["done", "done"])
    expect(Math.max(...left)).toBeLessThanOrEqual(20_000)
  })
})
