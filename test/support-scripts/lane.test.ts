import { describe, expect, test } from "bun:test"
import { join } from "node:path"

const LANE = join(import.meta.dir, "../support/lane.mjs")

/** Asks the runner, as plain Node runs it, what it makes of a lane's end. */
async function outcome(result: { code: number; output: string }) {
  const ask = `import { outcomeOf } from ${JSON.stringify(LANE)}
    const { passed, failed } = outcomeOf(${JSON.stringify(result)})
    console.log(JSON.stringify({ passed, failed }))`
  const child = Bun.spawn(["node", "--input-type=module", "-e", ask], { stdout: "pipe" })
  return JSON.parse(await child.stdout.text())
}

const closing = (lines: string) =>
  `x.test.ts:\n${lines}\n 9 expect() calls\nRan 9 tests across 1 file. [1ms]\n`

describe("a lane that did not do its work is not counted as good", () => {
  test.each([
    ["all passed", 0, closing(" 9 pass\n 0 fail"), { passed: 9, failed: 0 }],
    ["some failed", 1, closing(" 7 pass\n 2 fail"), { passed: 7, failed: 2 }],
    ["a file did not load", 1, closing(" 7 pass\n 1 fail\n 1 error"), { passed: 7, failed: 1 }],
    ["one was skipped", 0, closing(" 8 pass\n 1 skip\n 0 fail"), { passed: 8, failed: 1 }],
    ["one is to do", 0, closing(" 8 pass\n 1 todo\n 0 fail"), { passed: 8, failed: 1 }],
    ["nothing ran", 0, closing(" 0 pass\n 0 fail"), { passed: 0, failed: 1 }],
    ["all passed, but it ended badly", 139, closing(" 9 pass\n 0 fail"), { passed: 9, failed: 1 }],
    ["it broke off", 137, "x.test.ts:\n(pass) one\n 9 pass\n", { passed: 0, failed: 1 }],
    ["it never began", 1, "error: no client\n", { passed: 0, failed: 1 }],
    [
      "a test printed such lines",
      1,
      `\n 5 pass\nRan 5 tests\n${closing(" 1 pass\n 1 fail")}`,
      { passed: 1, failed: 1 },
    ],
  ])("%s", async (_name, code, output, expected) => {
    expect(await outcome({ code, output })).toEqual(expected)
  })
})
