import { expect, test } from "bun:test"
import { leaveNotice, takeNotices } from "../../src/system/notices.ts"

test("what came up twice is said once, and given once", () => {
  const [one, other] = [
    { code: "x", message: "a", hint: "h" },
    { code: "x", message: "b" },
  ]
  for (const problem of [one, other, { ...one }]) leaveNotice(problem)
  expect(takeNotices()).toEqual([one, other])
  expect(takeNotices()).toEqual([])
})
