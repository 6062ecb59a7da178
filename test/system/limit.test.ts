import { describe, expect, test } from "bun:test"
import { mapLimited, mapWithin } from "../../src/system/limit.ts"

/** Work that ends when it is told to, and knows how many go on at once. */
function gate() {
  const waiting: (() => void)[] = []
  let now = 0
  let most = 0
  let begun = 0
  return {
    enter: async () => {
      begun += 1
      now += 1
      most = Math.max(most, now)
      await new Promise<void>((resolve) => waiting.push(resolve))
      now -= 1
    },
    letOneGo: async () => {
      waiting.shift()?.()
      await Bun.sleep(0)
    },
    waiting: () => waiting.length,
    begun: () => begun,
    most: () => most,
  }
}

describe("mapLimited", () => {
  test.each([
    [1, 1],
    [3, 3],
    [8, 8],
    [50, 20],
    [0, 1],
  ])("with a limit of %i has %i of 20 at once, and keeps the order", async (limit, most) => {
    const door = gate()
    const items = Array.from({ length: 20 }, (_, index) => index)
    const all = mapLimited(items, limit, async (item) => {
      await door.enter()
      return item * 2
    })
    await Bun.sleep(0)
    while (door.waiting() > 0) await door.letOneGo()
    expect(await all).toEqual(items.map((item) => item * 2))
    expect(door.most()).toBe(most)
  })

  test("of nothing is nothing", async () => {
    expect(await mapLimited([], 8, async () => 1)).toEqual([])
  })

  test("after an error begins nothing more, waits for the rest, and throws it", async () => {
    const door = gate()
    const boom = new Error("boom")
    let settled = false
    const all = mapLimited([1, 2, 3, 4], 2, async (item) => {
      if (item === 1) throw boom
      await door.enter()
    })
    const outcome = all.then(
      () => null,
      (error: unknown) => {
        settled = true
        return error
      },
    )
    await Bun.sleep(0)
    expect(settled).toBe(false)
    await door.letOneGo()
    expect(await outcome).toBe(boom)
    expect(door.begun()).toBe(1)
  })
})

describe("mapWithin", () => {
  test("gives what was done, and `not_reached` for what did not end or was not begun", async () => {
    const begun: string[] = []
    const results = await mapWithin(
      ["quick", "stuck", "late"],
      { limit: 1, deadlineMs: 60 },
      async (item, leftMs) => {
        begun.push(item)
        expect(leftMs).toBeGreaterThan(0)
        expect(leftMs).toBeLessThanOrEqual(60)
        if (item === "stuck") await Bun.sleep(200)
        return item.length
      },
    )
    const expected = [{ kind: "done", value: 5 }, { kind: "not_reached" }, { kind: "not_reached" }]
    expect(results as unknown[]).toEqual(expected)
    await Bun.sleep(250)
    expect(begun).toEqual(["quick", "stuck"])
    expect(results as unknown[]).toEqual(expected)
  })

  test("throws an error that comes in time and drops one that comes late", async () => {
    const round = { limit: 2, deadlineMs: 50 }
    const late = mapWithin([1], round, async () => {
      await Bun.sleep(100)
      throw new Error("late")
    })
    expect(await late).toEqual([{ kind: "not_reached" }])
    const boom = mapWithin([1], round, async () => {
      throw new Error("boom")
    })
    await expect(boom).rejects.toThrow("boom")
    await Bun.sleep(100)
  })

  test("leaves no timer behind", async () => {
    const script = `
      const { mapWithin } = await import(${JSON.stringify(`${import.meta.dir}/../../src/system/limit.ts`)})
      await mapWithin([1], { limit: 1, deadlineMs: 600_000 }, async () => 1)`
    const child = Bun.spawn([process.execPath, "-e", script])
    expect(await child.exited).toBe(0)
  })
})
