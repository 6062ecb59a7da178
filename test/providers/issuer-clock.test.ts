import { describe, expect, test } from "bun:test"
import type { Reading } from "../../src/domain/window.ts"
import { issuerLead, onOurClock } from "../../src/providers/issuer-clock.ts"
import { HOUR, MINUTE, SECOND } from "../../src/system/time.ts"

const NOON = Date.UTC(2026, 10, 21, 12)
const dated = (lead: number) => ({ date: new Date(NOON + lead).toUTCString() })

describe("how far the issuer is ahead", () => {
  test.each([
    ["no word of it", {}, null],
    ["no time", { date: "soon" }, null],
    ["the same second", dated(0), 0],
    ["five minutes ahead", dated(5 * MINUTE), 0],
    ["five minutes behind", dated(-5 * MINUTE), 0],
    ["a second more than five minutes ahead", dated(5 * MINUTE + SECOND), 5 * MINUTE + SECOND],
    ["a second more than five minutes behind", dated(-5 * MINUTE - SECOND), -5 * MINUTE - SECOND],
    ["a day ahead", dated(24 * HOUR), 24 * HOUR],
    ["an old reply of a cache that agrees", { ...dated(-HOUR), age: "3600" }, 0],
    ["an age that is none", { ...dated(-HOUR), age: "old" }, -HOUR],
  ])("%s", (_, headers, lead) => {
    expect(issuerLead(headers, NOON, NOON)).toBe(lead)
  })

  test("a process that stood still before it read the reply takes nobody for wrong", () => {
    expect(issuerLead(dated(0), NOON, NOON + HOUR)).toBe(0)
    expect(issuerLead(dated(-6 * MINUTE), NOON, NOON + HOUR)).toBe(-6 * MINUTE)
    expect(issuerLead(dated(HOUR + 6 * MINUTE), NOON, NOON + HOUR)).toBe(6 * MINUTE)
  })
})

test("a reading is told by our clock; a reset that is not given stays so", () => {
  const window = { kind: "5h", usedPercent: 7, lengthMinutes: 300, scope: null }
  const reading: Reading = {
    observedAt: NOON,
    plan: "plus",
    windows: [
      { ...window, resetAt: NOON + HOUR },
      { ...window, resetAt: null },
    ],
    credits: null,
    allowed: null,
    limitReached: null,
    source: "usage_endpoint",
  }
  expect(onOurClock(reading, 10 * MINUTE)).toEqual({
    ...reading,
    observedAt: NOON - 10 * MINUTE,
    windows: [
      { ...window, resetAt: NOON + 50 * MINUTE },
      { ...window, resetAt: null },
    ],
  })
})
