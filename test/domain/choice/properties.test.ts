import { describe, expect, test } from "bun:test"
import type { Choice, ChoiceInput, LabelInput } from "../../../src/domain/choice/types.ts"
import { chooseLabel } from "../../../src/domain/choice.ts"
import { type Seeded, seeded } from "../seeded.ts"
import { anInput, HOUR, NOW, used } from "./input.ts"
import { randomInput } from "./random-pool.ts"

const POOLS = 3_000

/** Runs a claim over many random pools; a failure names the seed that repeats it. */
function forPools(claim: (input: ChoiceInput, random: Seeded) => void): void {
  for (let seed = 1; seed <= POOLS; seed++) {
    const random = seeded(seed)
    const input = randomInput(random)
    try {
      claim(input, random)
    } catch (failure) {
      throw new Error(`seed ${seed}: ${failure instanceof Error ? failure.message : failure}`)
    }
  }
}

/** The pool a moment after the choice was carried out, by a caller who notes refusals. */
function afterwards(input: ChoiceInput, choice: Choice): ChoiceInput {
  const cool = (label: LabelInput) =>
    input.refused && label.label === input.current ? { ...label, coolingUntil: NOW + HOUR } : label
  return {
    ...input,
    current: choice.label,
    currentSince: choice.kept ? (input.currentSince ?? null) : NOW,
    previous: choice.kept ? (input.previous ?? null) : input.current,
    refused: false,
    next: false,
    labels: input.labels.map(cool),
  }
}

describe("any pool", () => {
  test("the same question has the same answer, and is not changed by being asked", () => {
    forPools((input) => {
      const before = structuredClone(input)
      const answer = chooseLabel(input)
      expect(chooseLabel(input)).toEqual(answer)
      expect(input).toEqual(before)
    })
  })

  test("the order in which labels are given does not matter", () => {
    forPools((input, random) => {
      const labels = random.shuffled(input.labels)
      expect(chooseLabel({ ...input, labels })).toEqual(chooseLabel(input))
    })
  })

  test("asked again in the same instant it stays where it sent", () => {
    forPools((input) => {
      const first = chooseLabel(input)
      if (input.next || first.label === null) return
      const second = chooseLabel(afterwards(input, first))
      expect(second.label).toBe(first.label)
    })
  })

  test("even where --next or a lone refusal sent it, a second look settles it", () => {
    forPools((input) => {
      const once = afterwards(input, chooseLabel(input))
      const twice = afterwards(once, chooseLabel(once))
      expect(chooseLabel(twice).label).toBe(twice.current)
    })
  })

  test("it moves only to a label that may be used and has not been seen empty", () => {
    forPools((input) => {
      const choice = chooseLabel(input)
      if (choice.kept || choice.label === null) return
      const label = input.labels.find((each) => each.label === choice.label)
      const terms = choice.terms.find((each) => each.label === choice.label)
      expect(label?.enabled && label.ready && !terms?.cooling).toBe(true)
      if (terms?.known) expect(terms.leftUnits ?? 1).toBeGreaterThan(0)
      if (choice.reason !== "last_resort") expect(terms?.serve).toBe(true)
    })
  })

  test("no label only where there is none to keep, and kept is kept", () => {
    forPools((input) => {
      const choice = chooseLabel(input)
      if (choice.label === null) {
        expect(input.current).toBeNull()
        expect(choice.reason).toBe("nothing_can_serve")
      }
      expect(choice.kept).toBe(choice.label !== null && choice.label === input.current)
    })
  })

  test("what can serve is never left unused by one that cannot stay", () => {
    forPools((input) => {
      const choice = chooseLabel(input)
      const others = choice.terms.filter(({ serve, label }) => serve && label !== input.current)
      const current = choice.terms.find(({ label }) => label === input.current)
      const gone = input.refused || current === undefined || current.cooling
      if (gone && others.length > 0) expect(choice.kept).toBe(false)
    })
  })

  test("where nothing can serve, less left of the current label opens no hope", () => {
    forPools((pool, random) => {
      const labels = pool.labels.map((label) => nearItsEnd(label, random))
      const input = { ...pool, labels, next: false }
      if (chooseLabel(input).reason !== "nothing_can_serve") return
      const spent = labels.map((each) => (each.label === input.current ? heavier(each) : each))
      expect(chooseLabel({ ...input, labels: spent }).reason).toBe("nothing_can_serve")
    })
  })

  test("every number that leaves is finite or null, and JSON gives it back", () => {
    forPools((input) => {
      const choice = chooseLabel(input)
      expect(JSON.parse(JSON.stringify(choice))).toEqual(choice)
    })
  })

  test("less used is never worse: it serves, carries and lasts at least as long", () => {
    forPools((input, random) => {
      const percent = random.between(0, 1)
      const easier = input.labels.map((label) => lighter(label, percent))
      const before = chooseLabel(input).terms
      const after = chooseLabel({ ...input, labels: easier }).terms
      before.forEach((terms, at) => {
        const now = after[at]
        if (now === undefined) throw new Error("terms are missing")
        if (terms.serve) expect(now.serve).toBe(true)
        if (terms.leftUnits !== null) expect(now.leftUnits).toBeGreaterThanOrEqual(terms.leftUnits)
        if (terms.pacePctPerMinute !== null) {
          expect(now.pacePctPerMinute).toBeGreaterThanOrEqual(terms.pacePctPerMinute)
        }
      })
    })
  })
})

/** The same label with that share of its usage. */
function lighter(label: LabelInput, share: number): LabelInput {
  return usedAs(label, (percent) => percent * share)
}

/** Each of its windows is as it was, or holds no more than rounding shows. */
function nearItsEnd(label: LabelInput, random: Seeded): LabelInput {
  return usedAs(label, (percent) => (random.chance(0.5) ? percent : random.between(98, 100)))
}

function heavier(label: LabelInput): LabelInput {
  return usedAs(label, () => 100)
}

function usedAs(label: LabelInput, change: (percent: number) => number): LabelInput {
  if (label.reading === null) return label
  const windows = label.reading.windows.map((window) => ({
    ...window,
    usedPercent: change(window.usedPercent),
  }))
  return { ...label, reading: { ...label.reading, windows } }
}

describe("sizes", () => {
  test("a big plan and a heavy consumer are a small plan and a light one, scaled", () => {
    forPools((input) => {
      if (input.current !== null && !input.labels.some(({ label }) => label === input.current))
        return
      const bigger = {
        ...input,
        burn: { ...input.burn, mean: input.burn.mean * 20, peak: input.burn.peak * 20 },
        labels: input.labels.map((label) => ({ ...label, size: label.size * 20 })),
      }
      const [small, big] = [chooseLabel(input), chooseLabel(bigger)]
      expect(big.reason).toBe(small.reason)
      expect(big.label).toBe(small.label)
    })
  })

  test("a heavy consumer is not sent to a small plan by its percentages", () => {
    const labels = [used("boss", 98, 50, { size: 20 }), used("small", 0, 0)]
    labels.push(used("large", 60, 60, { size: 20 }))
    const burn = { mean: 800 / 60, peak: 800 / 60, idleMinutes: 0, slopes: 9, measured: true }
    expect(chooseLabel(anInput({ burn, labels })).label).toBe("large")
  })

  test("95 % of a big week used is still a whole small week", () => {
    const labels = [used("boss", 100, 10), used("large", 20, 95, { size: 20 })]
    expect(chooseLabel(anInput({ mode: "use", labels })).label).toBe("large")
  })
})
