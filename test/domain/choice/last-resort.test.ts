import { expect, test } from "bun:test"
import { lastResort } from "../../../src/domain/choice/last-resort.ts"
import { modePolicy } from "../../../src/domain/choice/mode-policy.ts"
import { standingOf } from "../../../src/domain/choice/standing.ts"
import type { ChoiceInput, LabelInput } from "../../../src/domain/choice/types.ts"
import { aLabel, anInput, five, NOW, reading, stale, used, week } from "./input.ts"

const input: ChoiceInput = anInput()
const stand = (label: LabelInput) => standingOf(label, input, modePolicy("watch"))
const rung = (others: LabelInput[], staying: LabelInput | null = null) =>
  lastResort(others.map(stand), staying === null ? null : stand(staying))?.label ?? null

const limited = aLabel("limited", { reading: reading([five(1)], { limitReached: true }) })
const unread = aLabel("unread", { reading: null })

test("hope goes: a little left, once something, never read, a trace, limited, once spent", () => {
  const ladder = [used("little", 98, 10), stale("once", 50, 10), unread, used("trace", 99, 10)]
  ladder.push(limited)
  ladder.push(stale("spent", 100, 10))
  for (let from = 0; from < ladder.length; from++) {
    expect(rung(ladder.slice(from).reverse())).toBe(ladder[from]?.label ?? null)
  }
})

test("within a rung the most left goes first, then the label", () => {
  expect(rung([used("a", 99, 10), used("b", 98, 10)])).toBe("b")
  expect(rung([used("b", 98, 10), used("a", 98, 10)])).toBe("a")
})

test("never a label that is known to be empty, cools, is disabled or not ready", () => {
  expect(rung([used("a", 100, 10), used("b", 10, 100)])).toBeNull()
  const little = (more: Partial<LabelInput>) => used("a", 98, 10, more)
  expect(rung([little({ coolingUntil: NOW + 1 })])).toBeNull()
  expect(rung([little({ enabled: false }), little({ ready: false })])).toBeNull()
})

test("a label that still answers is left only for clearly more", () => {
  const spent = used("boss", 100, 10)
  expect(rung([used("a", 99, 10)], spent)).toBeNull()
  expect(rung([used("a", 98, 10)], spent)).toBe("a")
  expect(rung([used("a", 96, 10)], used("boss", 97, 10))).toBeNull()
})

test("and for an unknown one only once it holds nothing beyond a reading's rounding", () => {
  expect(rung([unread], used("boss", 100, 10))).toBe("unread")
  expect(rung([unread], used("boss", 99, 10))).toBe("unread")
  expect(rung([unread], used("boss", 98, 10))).toBeNull()
  expect(rung([unread], limited)).toBe("unread")
  expect(rung([limited], used("boss", 100, 10))).toBeNull()
  expect(rung([stale("gone", 10, 100)], used("boss", 100, 10))).toBeNull()
})

test("what rounding shows of a window is nothing to stay for, and nothing to go to", () => {
  expect(rung([used("a", 98.5, 10)], used("boss", 99.1, 10))).toBe("a")
  expect(rung([used("boss", 99.1, 10)], used("a", 98.5, 10))).toBeNull()
  expect(rung([used("a", 99, 10)], used("boss", 99, 10))).toBeNull()
})

test("a plan without windows and without a word on credits is unread, not endless", () => {
  expect(rung([aLabel("blank", { reading: reading([]) }), stale("once", 50, 10)])).toBe("once")
  expect(rung([aLabel("blank", { reading: reading([week(Number.NaN)]) })])).toBe("blank")
})
