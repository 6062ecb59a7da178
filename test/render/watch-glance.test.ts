import { describe, expect, test } from "bun:test"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { widthOf } from "../../src/render/layout/width.ts"
import { type Glance, glanceLine } from "../../src/render/watch-glance.ts"
import { MINUTE, SECOND } from "../../src/system/time.ts"

const BOSS: Glance = {
  ...{ who: "boss", why: "below_5h_threshold", style: "green", five: 12.4, week: null },
}
const line = (width: number, glance = BOSS, color = false) =>
  glanceLine(glance, 4 * MINUTE + 12 * SECOND, { ...PLAIN, width, color })

describe("the live line", () => {
  test.each([
    [80, "boss  below 5h threshold  5h 12%  week ?  next look in 4:12"],
    [59, "boss  below 5h threshold  5h 12%  week ?  next look in 4:12"],
    [58, "boss  below 5h threshold  5h 12%  week ?  4:12"],
    [45, "boss  5h 12%  week ?  4:12"],
    [25, "boss  5h 12%  4:12"],
    [17, "boss  4:12"],
    [9, "boss  4:~"],
    [2, "b~"],
  ])("in %i columns", (width, expected) => {
    expect(line(width)).toBe(expected)
    expect(widthOf(line(width))).toBeLessThanOrEqual(width)
  })

  test("is painted only where there are colours", () => {
    expect(line(80)).not.toContain("\u001b")
    expect(Bun.stripANSI(line(80, BOSS, true))).toBe(line(80))
    expect(line(80, BOSS, true)).toContain("\u001b[32m")
  })

  test("obeys nothing that a label or a reason says", () => {
    const told = line(80, { ...BOSS, who: "a\u001b[2Jb", why: "x\ny" })
    expect(told).not.toContain("\u001b")
    expect(told).not.toContain("\n")
  })
})
