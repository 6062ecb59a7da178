import { expect, test } from "bun:test"
import { candidateTerms } from "../../../src/domain/capacity/candidate-terms.ts"
import { loadRows } from "../../../src/domain/capacity/load-receipt.ts"
import { demand, quota } from "./pool-facts.ts"

const NONE = demand()

/** The worked examples of the reference's page on selection, §2.5: target, overflow, ratio. */
test.each([
  ["1", "boss", [quota("boss", 18, 12), quota("qa", 17, 11)], NONE, [0.99, 1.01, 2.0202]],
  ["1", "qa", [quota("boss", 18, 12), quota("qa", 17, 11)], NONE, [1.01, 0.99, 1.9802]],
  ["2", "pro2", [quota("qa", 0, 92), quota("pro2", 2, 1)], NONE, [1.85, 0.15, 1.0811]],
  ["2", "qa", [quota("qa", 0, 92), quota("pro2", 2, 1)], NONE, [0.15, 1.85, 13.3333]],
  [
    "5",
    "boss",
    [quota("boss", 0, 50), quota("qa", 0, 10)],
    demand({ x: 100, y: 50, z: 10 }, { x: "boss", y: "qa", z: "qa" }),
    [57.14, 92.86, 2.6251],
  ],
  [
    "5",
    "qa",
    [quota("boss", 0, 50), quota("qa", 0, 10)],
    demand({ x: 100, y: 50, z: 10 }, { x: "boss", y: "qa", z: "qa" }),
    [102.86, 7.14, 1.0694],
  ],
] as const)(
  "worked example %s: %s",
  (_example, label, quotas, asked, [target, overflow, ratio]) => {
    const terms = candidateTerms(label, { quotas, demand: asked, rows: [] })
    expect(terms).toMatchObject({ targetDemandWeight: target, overflowWeight: overflow })
    expect(terms.projectedDemandRatio).toBeCloseTo(ratio, 4)
  },
)

test("what a label carries already", () => {
  const quotas = [quota("boss", 0, 50), quota("qa", 0, 10)]
  const asked = demand({ x: 100, y: 50, z: 10 }, { x: "boss", y: "qa", z: "qa" })
  expect(candidateTerms("qa", { quotas, demand: asked, rows: [] })).toMatchObject({
    assignedCount: 2,
    currentAssignedDemandWeight: 60,
    projectedDemandWeight: 110,
    remainingBudgetWeight: 42.86,
    capacityBudgetWeight: 102.86,
  })
})

test("the last rebalance rules over the share (worked example 6)", () => {
  const rows = loadRows({ perAccountLoad: [{ label: "a", targetDemandWeight: 120 }] })
  const quotas = [quota("a", 0, 10), quota("b", 0, 10)]
  const terms = candidateTerms("a", { quotas, demand: NONE, rows })
  expect(terms).toMatchObject({ targetDemandWeight: 120, overflowWeight: 0 })
  expect(terms.projectedDemandRatio).toBeCloseTo(0.0167, 4)
})

test("a label without a reading has no share: null, not 0", () =>
  expect(candidateTerms("a", { quotas: [], demand: NONE, rows: [] })).toEqual({
    assignedCount: 0,
    currentAssignedDemandWeight: 0,
    targetDemandWeight: null,
    projectedDemandWeight: 2,
    overflowWeight: null,
    projectedDemandRatio: null,
    remainingBudgetWeight: null,
    capacityBudgetWeight: null,
  }))

test("a share of nothing has no ratio: JSON knows no infinity", () =>
  expect(
    candidateTerms("a", { quotas: [quota("a", 100, 100)], demand: NONE, rows: [] }),
  ).toMatchObject({ targetDemandWeight: 0, overflowWeight: 2, projectedDemandRatio: null }))
