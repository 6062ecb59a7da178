import { afterEach, describe, expect, setSystemTime, test } from "bun:test"
import { type LoopOptions, pauseAfter, tickLoop } from "../../../src/operations/watch/tick-loop.ts"
import { HOUR, MINUTE, SECOND } from "../../../src/system/time.ts"

afterEach(() => {
  setSystemTime()
})

const middle = () => 0.5
const QUICK: LoopOptions = { everyMs: 300, until: null, sliceMs: 20, random: middle }

/** The first steps of a loop that are no waiting. */
async function steps<T>(loop: AsyncGenerator<T & { kind: string }>, count: number): Promise<T[]> {
  const found: T[] = []
  for await (const step of loop) {
    if (step.kind !== "waiting") found.push(step)
    if (found.length === count) break
  }
  return found
}

describe("a loop", () => {
  test("ticks at once, then so long after the beginning of the last tick", async () => {
    const begun: number[] = []
    const tick = async () => {
      begun.push(performance.now())
      await Bun.sleep(100)
      return begun.length
    }
    const found = await steps(tickLoop(tick, QUICK), 3)
    expect(found).toMatchObject([1, 2, 3].map((value) => ({ kind: "ticked", value })))
    const [first = 0, second = 0, third = 0] = begun
    expect(second - first).toBeGreaterThanOrEqual(298)
    expect(third - second).toBeGreaterThanOrEqual(298)
  })

  test("tells while it waits how long that still takes", async () => {
    const left: number[] = []
    let ticks = 0
    for await (const step of tickLoop(async () => ++ticks, { ...QUICK, everyMs: 1_000 })) {
      if (step.kind === "waiting") left.push(step.nextInMs)
      if (ticks === 2) break
    }
    expect(left[0]).toBeGreaterThan(300)
    expect(left.length).toBeGreaterThan(2)
    expect(left).toEqual(left.toSorted((a, b) => b - a))
  })

  test("goes on after a tick that threw, whatever it threw, and is patient then", async () => {
    const what = [new Error("no state"), new TypeError("a fault of aim"), null, null]
    let at = 0
    const tick = async () => {
      const error = what[at++]
      if (error) throw error
      return at
    }
    const found = await steps(tickLoop(tick, { ...QUICK, everyMs: 20 }), 4)
    expect(found).toMatchObject([
      { kind: "failed", error: what[0] },
      { kind: "failed", error: what[1] },
      { kind: "ticked", value: 3 },
      { kind: "ticked", value: 4 },
    ])
    const [one, , three] = found as { nextInMs: number }[]
    expect(one?.nextInMs).toBeGreaterThan(500)
    expect(three?.nextInMs).toBeLessThan(500)
  })

  test("ends at its time, in the middle of a wait, and not with a tick", async () => {
    const began = Date.now()
    const found = await steps(
      tickLoop(async () => 1, { ...QUICK, everyMs: HOUR, until: began + 1_000 }),
      9,
    )
    expect(found).toHaveLength(1)
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
  })

  test("whose time is over does not tick at all", async () => {
    expect(
      await steps(
        tickLoop(async () => 1, { ...QUICK, until: Date.now() - 1 }),
        9,
      ),
    ).toEqual([])
  })

  test.each([
    ["forward: the machine has slept", 8 * HOUR],
    ["back", -8 * HOUR],
  ])("ticks at once, with old readings, when the clock goes %s", async (_, by) => {
    const asleep: boolean[] = []
    let waits = 0
    const tick = async (was: boolean) => asleep.push(was)
    for await (const step of tickLoop(tick, { ...QUICK, everyMs: HOUR })) {
      if (step.kind === "waiting" && ++waits === 2)
        setTimeout(() => setSystemTime(new Date(Date.now() + by)), 5)
      if (asleep.length === 2) break
    }
    expect(asleep).toEqual([false, true])
    expect(waits).toBeLessThan(20)
  })

  test.each(["in a tick", "while its outcome is told", "between two slices of a wait"])(
    "ticks at once as well where the machine slept %s",
    async (where) => {
      const asleep: boolean[] = []
      const sleep = (at: string) => {
        if (at === where) setSystemTime(new Date(Date.now() + 8 * HOUR))
      }
      const tick = async (was: boolean) => {
        if (asleep.push(was) === 1) sleep("in a tick")
      }
      let waits = 0
      for await (const step of tickLoop(tick, { ...QUICK, everyMs: HOUR })) {
        if (asleep.length === 2) break
        if (step.kind !== "waiting") sleep("while its outcome is told")
        else if (++waits === 2) sleep("between two slices of a wait")
        if (waits === 100) break
      }
      expect(asleep).toEqual([false, true])
    },
  )

  test("a clock that is set by seconds is no sleep", async () => {
    let ticks = 0
    let waits = 0
    for await (const step of tickLoop(async () => ++ticks, { ...QUICK, everyMs: HOUR })) {
      if (step.kind !== "waiting") continue
      if (++waits === 2) setTimeout(() => setSystemTime(new Date(Date.now() + 20 * SECOND)), 5)
      if (waits === 10) break
    }
    expect(ticks).toBe(1)
  })
})

describe("the pause after failures", () => {
  const pause = (failures: number, everyMs: number, random = middle) =>
    pauseAfter(failures, { everyMs, random })

  test.each([
    [0, 5 * MINUTE, 5 * MINUTE],
    [1, 5 * MINUTE, 10 * MINUTE],
    [2, 5 * MINUTE, 20 * MINUTE],
    [3, 5 * MINUTE, 30 * MINUTE],
    [99, 5 * MINUTE, 30 * MINUTE],
    [1, SECOND, 2 * SECOND],
    [5, SECOND, 32 * SECOND],
    // An interval beyond the bound is never shortened.
    [1, 2 * HOUR, 2 * HOUR],
  ])("%i in a row at an interval of %i ms is %i ms", (failures, everyMs, expected) => {
    expect(pause(failures, everyMs)).toBe(expected)
  })

  test("is off by up to a tenth either way, and only then", () => {
    expect(pause(1, 5 * MINUTE, () => 0)).toBe(9 * MINUTE)
    expect(pause(1, 5 * MINUTE, () => 0.9999)).toBeLessThan(11 * MINUTE)
    expect(pause(0, 5 * MINUTE, () => 0)).toBe(5 * MINUTE)
  })
})
