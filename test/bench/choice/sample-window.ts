import { type Burn, burnOf, type UsageSample } from "../../../src/domain/choice/burn.ts"
import { instant, WEEK } from "./clock.ts"

/** What pool/learn.ts asks of the ledger: the newest readings of a week, of all labels. */
const READINGS = 2_000
const SPAN = instant(WEEK) - instant(0)

/** Slopes after which older ones weigh less than a thousandth in the mean, and none in the peak. */
const ENOUGH_SLOPES = 45

/** A sample, and when its label was last seen active. */
type Kept = { sample: UsageSample; of: { lastActive: number } }

/** The samples that a ledger would give, and the burn that the shipped function makes of them. */
export function sampleWindow() {
  const samples: Kept[] = []
  const labels = new Map<string, { lastActive: number }>()
  /** How many slopes there were when the samples ended there. */
  let marks: { at: number; slopes: number }[] = []
  let first = 0
  let outweighed = 0

  return {
    /** In time order, though a reading of one label may come later than a younger one of another. */
    add(sample: UsageSample): void {
      const of = labels.get(sample.label) ?? { lastActive: -1 }
      labels.set(sample.label, of)
      if (sample.active) of.lastActive = sample.observedAt
      let at = samples.length
      while (at > 0 && timeOf(at - 1) > sample.observedAt) at--
      samples.splice(at, 0, { sample, of })
    },

    /** Exactly the ledger's. */
    all(now: number): UsageSample[] {
      forget(now)
      return samples.slice(first).map(({ sample }) => sample)
    },

    /**
     * The burn by the ledger's samples, without those that hardly change it: of labels that were
     * never active among them, and those that newer slopes have outweighed.
     */
    burn(now: number): Burn {
      forget(now)
      outweighed = Math.max(first, outweighed)
      const burn = burnOf(since(outweighed), now)
      marks.push({ at: samples.length, slopes: burn.slopes })
      const spare = burn.slopes - ENOUGH_SLOPES
      const cut = marks.findLast(({ slopes }) => slopes <= spare)
      if (cut === undefined) return burn
      outweighed = cut.at
      marks = marks.flatMap(({ at, slopes }) =>
        at > cut.at ? [{ at, slopes: slopes - cut.slopes }] : [],
      )
      return burn
    },
  }

  function forget(now: number): void {
    first = Math.max(first, samples.length - READINGS)
    while (first < samples.length && timeOf(first) < now - SPAN) first++
    if (first <= READINGS) return
    samples.splice(0, first)
    outweighed = Math.max(0, outweighed - first)
    marks = marks.map(({ at, slopes }) => ({ at: Math.max(0, at - first), slopes }))
    first = 0
  }

  function since(start: number): UsageSample[] {
    const begin = timeOf(start)
    const found: UsageSample[] = []
    for (let at = start; at < samples.length; at++) {
      const kept = samples[at]
      if (kept !== undefined && kept.of.lastActive >= begin) found.push(kept.sample)
    }
    return found
  }

  function timeOf(at: number): number {
    return samples[at]?.sample.observedAt ?? 0
  }
}
