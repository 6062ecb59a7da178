import { afterEach, expect, setSystemTime, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { awakeMoment } from "../../src/system/awake-clock.ts"

const CLOCK = join(import.meta.dir, "..", "..", "src", "system", "awake-clock.ts")

afterEach(() => {
  setSystemTime()
})

test("a moment is told alike by every process of this boot, and by no clock that is set", async () => {
  const first = await awakeMoment()
  setSystemTime(new Date(0))
  const script = `import { awakeMoment } from ${JSON.stringify(CLOCK)}
    console.log(JSON.stringify(await awakeMoment()))`
  const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" })
  const second = JSON.parse(await child.stdout.text())
  const third = await awakeMoment()
  expect([second.of, third.of]).toEqual([first.of, first.of])
  expect(second.ms).toBeGreaterThanOrEqual(first.ms)
  expect(third.ms).toBeGreaterThanOrEqual(second.ms)
  expect(first.of).toBe(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim())
})
