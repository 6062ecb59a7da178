import { expect, test } from "bun:test"
import { busyLine, busyOnce, clockText } from "../../src/render/waiting.ts"

const frame = { width: 60, color: false, unicode: false }

test("what is waited for, with a wheel that turns and the seconds", () => {
  const at = (elapsedMs: number, turn: number, width = 60) =>
    busyLine("the issuer", { elapsedMs, limitSeconds: 60, turn }, { ...frame, width })
  expect(at(0, 0)).toBe("| Waiting for the issuer (0 s of at most 60 s)")
  expect(at(12_900, 5)).toBe("/ Waiting for the issuer (12 s of at most 60 s)")
  expect(at(12_900, 5, 40)).toBe("/ Waiting for t~ (12 s of at most 60 s)")
  expect(busyOnce("it\u0007", 60)).toBe("Waiting for it\ufffd (60 s at most)")
})

test.each([
  [600_000, "10:00"],
  [599_001, "10:00"],
  [599_000, "9:59"],
  [61_000, "1:01"],
  [900, "0:01"],
  [0, "0:00"],
  [-5, "0:00"],
])("%p ms are %s on a clock", (ms, shown) => expect(clockText(ms)).toBe(shown))
