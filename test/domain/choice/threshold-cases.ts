import { BELOW_20, boss, type ChoiceCase } from "./case.ts"
import { aLabel, BUSY, five, HOUR, MINUTE, NOW, reading, used, week } from "./input.ts"

/** Cases about the operator's thresholds. */
export const THRESHOLD: ChoiceCase[] = [
  {
    title: "the operator's 5h threshold",
    input: { thresholds: BELOW_20, labels: [used("boss", 81, 10), used("qa", 70, 10)] },
    label: "qa",
    reason: "below_5h_threshold",
  },
  {
    title: "is not crossed at exactly its value",
    input: { thresholds: BELOW_20, labels: [used("boss", 80, 10), used("qa", 10, 10)] },
    label: "boss",
    reason: "lasts",
  },
  {
    title: "never sends to a label that would be left at once",
    input: { thresholds: BELOW_20, labels: [used("boss", 85, 10), used("qa", 81, 10)] },
    label: "boss",
    reason: "no_better",
    also: ["below_5h_threshold"],
  },
  {
    title: "nor moves when no other label can serve",
    input: { thresholds: BELOW_20, labels: [used("boss", 85, 10), used("qa", 100, 10)] },
    label: "boss",
    reason: "no_better",
    also: ["below_5h_threshold"],
  },
  {
    title: "nor judges a 5h window that the plan does not have",
    input: { thresholds: BELOW_20, labels: [aLabel("boss", { reading: reading([week(90)]) })] },
    label: "boss",
    reason: "lasts",
  },
  {
    title: "labels above the threshold go before a better pace below it",
    input: {
      refused: true,
      thresholds: BELOW_20,
      labels: [
        boss,
        aLabel("low", { reading: reading([five(82), week(10, NOW + HOUR)]) }),
        used("qa", 50, 60),
      ],
    },
    label: "qa",
    reason: "refused",
  },
  {
    title: "a label below it still goes where nothing else carries",
    input: { refused: true, thresholds: BELOW_20, labels: [boss, used("qa", 82, 10)] },
    label: "qa",
    reason: "refused",
  },
  {
    title: "the weekly threshold has a name of its own",
    input: {
      thresholds: { fivePct: 0, weeklyPct: 10 },
      labels: [used("boss", 10, 91), used("qa", 10, 70)],
    },
    label: "qa",
    reason: "below_weekly_threshold",
  },
  {
    title: "a threshold does not send to a label that may not see the next tick",
    input: {
      burn: { ...BUSY, mean: 0.5, peak: 1.2 },
      thresholds: BELOW_20,
      labels: [
        used("boss", 81, 10),
        aLabel("qa", { reading: reading([five(50), week(99, NOW + 10 * MINUTE)]) }),
      ],
    },
    label: "boss",
    reason: "no_better",
    also: ["below_5h_threshold"],
  },
  {
    title: "a threshold does not make a label below it a last resort",
    input: {
      burn: { ...BUSY, mean: 0.9, peak: 0.9 },
      thresholds: BELOW_20,
      labels: [
        aLabel("boss", { reading: reading([five(95, NOW + 4 * MINUTE), week(10)]) }),
        used("qa", 85, 10),
      ],
    },
    label: "boss",
    reason: "no_better",
    also: ["below_5h_threshold"],
  },
]
