import { describe, expect, test } from "bun:test"
import { demandOf } from "../../../src/domain/capacity/demand.ts"
import { demand } from "./pool-facts.ts"

const weightsOf = (made: ReturnType<typeof demand>) => Object.fromEntries(made.weights)

describe("the demand of a fleet", () => {
  test("an agent that nobody has measured weighs the mean of the others", () =>
    expect(weightsOf(demand({ heavy: 150, cold: 75 }, { extra: "boss" }))).toEqual({
      heavy: 150,
      cold: 75,
      extra: 112.5,
    }))

  test.each<[string, Record<string, number | null>, Record<string, string>, object]>([
    ["nobody", {}, {}, {}],
    ["nobody measured", {}, { a: "boss" }, { a: 1 }],
    ["less than one", { a: 0.2 }, {}, { a: 1 }],
    ["rounded to two decimals", { a: 1.236 }, {}, { a: 1.24 }],
    ["an entry without a weight", { a: null, b: 9 }, {}, { a: 9, b: 9 }],
  ])("%s", (_name, weights, assignments, expected) =>
    expect(weightsOf(demand(weights, assignments))).toEqual(expected as Record<string, number>),
  )

  test("an excluded agent asks for nothing; a blank reason excludes nobody", () =>
    expect(weightsOf(demand({ a: 3, b: 4 }, { a: "x" }, { a: "by hand", b: " " }))).toEqual({
      b: 4,
    }))

  test("what is carried counts agents and weights by label", () => {
    const { carried, total } = demand({ x: 100, y: 50, z: 10 }, { x: "boss", y: "qa", z: "qa" })
    expect(Object.fromEntries(carried)).toEqual({
      boss: { weight: 100, agents: 1 },
      qa: { weight: 60, agents: 2 },
    })
    expect(total).toBe(160)
  })

  test("an assignment to something else than these labels is no demand", () => {
    const made = demandOf(
      { agentDemand: "broken", assignments: { a: "gone", b: 7 }, exclusions: null },
      ["boss"],
    )
    expect([made.weights.size, made.total, made.carried.size]).toEqual([0, 0, 0])
  })

  test.each<[number[], object]>([
    [[], { light: 1, medium: 2, heavy: 4 }],
    [[5], { light: 5, medium: 5, heavy: 5 }],
    [[10, 50, 100], { light: 10, medium: 50, heavy: 50 }],
    [[1, 2, 3, 4, 5], { light: 2, medium: 3, heavy: 4 }],
  ])("quartiles of %j", (weights, buckets) => {
    const named = Object.fromEntries(weights.map((weight, at) => [`a${at}`, weight]))
    expect(demand(named).buckets).toEqual(
      buckets as { light: number; medium: number; heavy: number },
    )
  })
})
