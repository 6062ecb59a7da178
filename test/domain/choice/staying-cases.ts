import { boss, type ChoiceCase, unread, urgent } from "./case.ts"
import { aLabel, five, IDLE, MINUTE, NOW, reading, stale, used, week } from "./input.ts"

/** Cases in which nothing forces a move. */
export const STAYING: ChoiceCase[] = [
  {
    title: "a busy label that lasts stays, however good another is",
    input: { labels: [boss, urgent("qa")] },
    label: "boss",
    reason: "lasts",
  },
  {
    title: "an idle consumer moves to quota that would expire",
    input: { burn: IDLE, labels: [boss, urgent("qa")] },
    label: "qa",
    reason: "best_pace_idle",
  },
  {
    title: "idle, but 15 % is not reached: 14 %",
    input: { burn: IDLE, labels: [boss, used("qa", 0, 43)] },
    label: "boss",
    reason: "idle_no_better",
  },
  {
    title: "idle, and 15 % is passed: 16 %",
    input: { burn: IDLE, labels: [boss, used("qa", 0, 42)] },
    label: "qa",
    reason: "best_pace_idle",
  },
  {
    title: "idle, and the current label cannot carry",
    input: { burn: IDLE, labels: [used("boss", 90, 10), used("qa", 10, 80)] },
    label: "qa",
    reason: "best_pace_idle",
  },
  {
    title: "idle, nothing carries: a runway a fifth longer is asked for",
    input: { burn: IDLE, labels: [used("boss", 90, 10), used("qa", 89, 10)] },
    label: "boss",
    reason: "no_better",
  },
  {
    title: "idle, nothing carries: the longest runway",
    input: { burn: IDLE, labels: [used("boss", 94, 10), used("qa", 88, 10)] },
    label: "qa",
    reason: "longest_runway",
  },
  {
    title: "work starts at a gateway",
    input: { mode: "gateway", starting: true, labels: [boss, urgent("qa")] },
    label: "qa",
    reason: "best_pace_start",
  },
  {
    title: "use is always a start",
    input: { mode: "use", labels: [used("boss", 10, 50), urgent("qa")] },
    label: "qa",
    reason: "best_pace_start",
  },
  {
    title: "use keeps a label that carries and is about as good: 14 % better",
    input: { mode: "use", labels: [used("boss", 10, 50), used("qa", 10, 43)] },
    label: "boss",
    reason: "idle_no_better",
  },
  {
    title: "use leaves a label that carries for a pace 16 % better",
    input: { mode: "use", labels: [used("boss", 10, 50), used("qa", 10, 42)] },
    label: "qa",
    reason: "best_pace_start",
  },
  {
    title: "use leaves a label that cannot carry two hours",
    input: { mode: "use", labels: [used("boss", 30, 50), used("qa", 10, 60)] },
    label: "qa",
    reason: "best_pace_start",
  },
  {
    title: "use with nothing that carries two hours",
    input: { mode: "use", labels: [used("boss", 70, 10), used("qa", 50, 10)] },
    label: "qa",
    reason: "longest_runway",
  },
  {
    title: "an unknown current label is kept",
    input: { mode: "use", labels: [stale("boss", 100, 100), urgent("qa")] },
    label: "boss",
    reason: "usage_unknown",
  },
  {
    title: "offline: all unknown, the current label stays",
    input: { burn: IDLE, labels: [unread("boss"), unread("qa")] },
    label: "boss",
    reason: "usage_unknown",
  },
  {
    title: "idle, a label just before its reset outlasts one that does not carry",
    input: {
      burn: IDLE,
      labels: [
        aLabel("boss", { reading: reading([five(97, NOW + 2 * MINUTE), week(10)]) }),
        used("qa", 90, 10),
      ],
    },
    label: "boss",
    reason: "no_better",
  },
  {
    title: "a plan that is paid by credits has no pace, and stays",
    input: {
      burn: IDLE,
      labels: [
        aLabel("boss", {
          reading: reading([], { credits: { hasCredits: true, unlimited: true, balance: null } }),
        }),
      ],
    },
    label: "boss",
    reason: "idle_no_better",
  },
]
