import { expect, test } from "bun:test"
import { extraLines } from "../../../src/render/status/extra.ts"
import { AT, account, PIPE, usage, windowStatus } from "./value.ts"

const MODELS = [
  windowStatus("5h", "5h", 10, 2),
  windowStatus("weekly", "Week", 40, 50),
  windowStatus("weekly:fable", "Fable", 100, 50),
  windowStatus("weekly:opus", "Opus", 30, 50),
]
const PAID = {
  enabled: true,
  usedPercent: 25,
  monthlyLimitCents: 5000,
  usedCents: 1250,
  currency: "USD",
  disabledReason: null,
}
const lines = (more: Parameters<typeof usage>[1], width = 80) =>
  extraLines(account("lessons", { usage: usage({}, more) }), AT, { ...PIPE, width })

test("windows of one model and what is paid for stand in as few lines as fit", () => {
  const all = { windows: MODELS, extraUsage: PAID }
  expect(lines(all, 100)).toEqual([
    "lessons: weekly:fable 100% used, resets in 2d 2h; weekly:opus 30% used, resets in 2d 2h;",
    "         extra usage 12.50 of 50.00 USD",
  ])
  expect(lines(all, 60)).toEqual([
    "lessons: weekly:fable 100% used, resets in 2d 2h;",
    "         weekly:opus 30% used, resets in 2d 2h;",
    "         extra usage 12.50 of 50.00 USD",
  ])
})

test("what is paid for is said only where it may be used, and unknown is no sum", () => {
  expect(lines({ extraUsage: { ...PAID, enabled: false } })).toEqual([])
  expect(lines({ extraUsage: { ...PAID, usedCents: null } })).toEqual(["lessons: extra usage on"])
  const open = { ...PAID, monthlyLimitCents: null, currency: null, disabledReason: "out_of_funds" }
  expect(lines({ extraUsage: open })).toEqual(["lessons: extra usage 12.50 (out_of_funds)"])
  expect(lines({})).toEqual([])
})
